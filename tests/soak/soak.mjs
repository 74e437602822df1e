// SPDX-License-Identifier: Apache-2.0
// Hours in minutes: mixed traffic, faults, aborts, reloads and queries against one signalboxd, and
// whether it stays the size it was. Usage: node soak.mjs BIN_DIR MINUTES [REQUESTS_PER_SECOND]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { hangUp, listen, models, nth } from './traffic.mjs';
import { judge, sample, table } from './verdict.mjs';

const [bin, minutesText, rateText] = process.argv.slice(2);
const minutes = Number(minutesText);
const rate = Number(rateText ?? 200);
if (!bin || !(minutes > 0) || !(rate > 0)) {
    console.error('usage: node soak.mjs BIN_DIR MINUTES [REQUESTS_PER_SECOND]');
    process.exit(2);
}
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-soak.'));
const token = 'soak-token';
const children = [];
const counts = new Map();
const unexpected = [];
let inFlight = 0;
process.on('exit', () => {
    children.forEach((child) => child.kill('SIGKILL'));
    fs.rmSync(home, { recursive: true, force: true });
});

function count(name) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
}

function complain(where, error) {
    unexpected.push(`${where}: ${error.code ?? ''} ${error.message}`);
}

/** Starts a program and gives its URL once it is ready. */
async function start(name, args) {
    const child = spawn(path.join(bin, name), args,
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SOAK_TOKEN: token } });
    children.push(child);
    child.on('exit', (code, signal) => {
        if (!child.killed)
            complain(name, new Error(`ended by itself: ${code ?? signal}`));
    });
    const [line] = await once(readline.createInterface({ input: child.stdout }), 'line',
        { signal: AbortSignal.timeout(20_000) });
    return { child, url: line.split(' ').at(-1) };
}

function writeConfiguration(simulator, withExtra) {
    const extra = '[[route]]\nname = "extra"\ntargets = [{ target = "qwen/qwen-plus" }]\n';
    const text = fs.readFileSync(path.join(here, 'signalbox.toml'), 'utf8');
    fs.writeFileSync(path.join(home, 'signalbox.toml'),
        text.replaceAll('@URL@', simulator).replace('@EXTRA@', withExtra ? extra : ''));
}

/** Applies another configuration and waits until it shows. */
async function reload(daemon, simulator, withExtra) {
    writeConfiguration(simulator, withExtra);
    process.kill(daemon.child.pid, 'SIGHUP'); // child.kill() would count as having ended it
    for (let i = 0; i < 50; ++i) {
        await pause(100);
        if ((await models(daemon.url)).includes('extra') === withExtra)
            return count('reload');
    }
    throw new Error('a reload did not show within 5 s');
}

async function drive(daemon, until) {
    const begun = Date.now();
    for (let n = 0; Date.now() < until; ++n) {
        const due = begun + (n * 1000) / rate;
        if (due > Date.now())
            await pause(due - Date.now());
        if (inFlight >= 500) { // on a busy machine: the rate falls, the run goes on
            count('held back');
            continue;
        }
        ++inFlight;
        nth(daemon.url, token, n)
            .then(count, (error) => complain(`request ${n}`, error))
            .finally(() => --inFlight);
    }
}

async function reloadOften(daemon, simulator, until) {
    for (let n = 1; Date.now() + 25_000 < until; ++n) {
        await pause(20_000);
        await reload(daemon, simulator, n % 2 === 1).catch((error) => complain('reload', error));
    }
}

async function watch(daemon, samples, until) {
    const begun = Date.now();
    while (Date.now() < until) {
        await pause(10_000);
        samples.push({ at: (Date.now() - begun) / 1000, ...sample(daemon.child.pid) });
    }
}

async function run() {
    const simulator = await start('signalbox-sim', ['--scenario', path.join(here, 'scenario.toml')]);
    writeConfiguration(simulator.url, false);
    const daemon = await start('signalboxd',
        ['--config', path.join(home, 'signalbox.toml'), '--state', path.join(home, 'state')]);
    const idle = sample(daemon.child.pid);
    const until = Date.now() + minutes * 60_000;
    const samples = [];
    const deafen = listen(daemon.url, token, () => count('event bytes read'));
    await Promise.all([drive(daemon, until), reloadOften(daemon, simulator.url, until),
        watch(daemon, samples, until)]);
    for (let i = 0; inFlight > 0 && i < 600; ++i)
        await pause(100);
    deafen();
    hangUp();
    const exited = once(daemon.child, 'exit');
    daemon.child.kill('SIGTERM');
    const [code] = await exited;
    if (code !== 0)
        complain('signalboxd', new Error(`exit code ${code}`));
    return { idle, samples };
}

const { idle, samples } = await run();
console.log(table(idle, samples));
console.log([...counts].map(([name, n]) => `${name}: ${n}`).join(', '));
const verdict = judge(samples, minutes);
const faults = [...verdict.faults, ...unexpected.slice(0, 20)];
console.log(`${verdict.text}; ${unexpected.length} unexpected answers`);
faults.forEach((fault) => console.log(`FAIL ${fault}`));
console.log(faults.length > 0 ? 'soak: FAILED' : 'soak: passed');
process.exit(faults.length > 0 ? 1 : 0);
