// SPDX-License-Identifier: Apache-2.0
// Memory and descriptors of a process over time, and whether they grew.
import fs from 'node:fs';

const kGrowthMax = 0.03;
const kWarmUpMinutes = 5;

/** Resident KiB and open descriptors of a process now. */
export function sample(pid) {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
        rss: Number(/VmRSS:\s+(\d+)/.exec(status)[1]),
        threads: Number(/Threads:\s+(\d+)/.exec(status)[1]),
        descriptors: fs.readdirSync(`/proc/${pid}/fd`).length,
    };
}

function mean(rows, key) {
    return rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
}

/** One row a minute. */
export function table(idle, samples) {
    const line = (at, row) => `${at.padStart(8)} ${String(Math.round(row.rss / 1024 * 10) / 10).padStart(9)}`
        + ` ${String(row.descriptors).padStart(12)} ${String(row.threads).padStart(8)}`;
    const rows = samples.filter((_, i) => i % 6 === 5 || i + 1 === samples.length);
    return ['  minute   RSS MiB  descriptors  threads', line('idle', idle),
        ...rows.map((row) => line((row.at / 60).toFixed(1), row))].join('\n');
}

/**
 * After the warm-up (five minutes, in a short run its first half) the last quarter's means are held
 * against the first quarter's: means, because requests in flight come and go.
 */
export function judge(samples, minutes) {
    const warmUp = Math.min(kWarmUpMinutes, minutes / 2) * 60;
    const settled = samples.filter((row) => row.at > warmUp);
    const quarter = Math.floor(settled.length / 4);
    if (quarter < 1)
        return { text: 'too short for a verdict on growth', faults: [] };
    const first = settled.slice(0, quarter);
    const last = settled.slice(-quarter);
    const growth = mean(last, 'rss') / mean(first, 'rss') - 1;
    const more = mean(last, 'descriptors') - Math.max(...first.map((row) => row.descriptors));
    const faults = [];
    if (growth > kGrowthMax)
        faults.push(`memory grew by ${(growth * 100).toFixed(1)} %`);
    if (more > 2)
        faults.push(`descriptors grew by ${more.toFixed(1)}`);
    const range = (key) => `${Math.min(...settled.map((row) => row[key]))} to ${Math.max(...settled.map((row) => row[key]))}`;
    return {
        text: `after ${(warmUp / 60).toFixed(1)} min: memory ${(growth * 100).toFixed(1)} %`
            + ` (${range('rss')} KiB), descriptors ${range('descriptors')}`,
        faults,
    };
}
