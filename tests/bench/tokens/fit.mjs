// SPDX-License-Identifier: Apache-2.0
// Fits the weights of core/tokens/weights.cpp: least squares on relative errors, reweighted towards
// absolute ones, drawn slightly to a prior where texts say little.
//     bench_tokens TOKENIZERS TRAIN --traits > train.txt; the same for TEST; node fit.mjs train.txt test.txt
import { readFileSync } from 'node:fs';

const traits = ('Word Letter4 Letter6 Letter12 Hump Capitals Number Digit SpacedNumber Blanks Break BreakAfterSign Sign Sign2 Sign4 '
  + 'SignAfterWord WordAfterSign Quote Underscore Han HanRun SpacedHan CjkSign Kana Hangul Typographic Latin Alphabetic Syllabic '
  + 'Astral Control').split(' ');
const prior = {
  Word: 1, Letter12: 0.1, Number: 0.6, Digit: 0.3, Break: 0.5, Sign: 0.8, Han: 0.7, CjkSign: 0.9, Kana: 0.8, Hangul: 0.8,
  Typographic: 1, Latin: 0.6, Alphabetic: 0.3, Syllabic: 0.5, Astral: 2, Control: 1,
};
// These correct others and may be negative.
const corrections = new Set(['BreakAfterSign', 'SignAfterWord', 'WordAfterSign', 'SpacedHan', 'SpacedNumber', 'HanRun', 'Quote',
  'Underscore', 'Sign4', 'Letter4', 'Letter6', 'Sign2']);
const pull = 4e-5;

function read(file) {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => {
    const [kind, ...numbers] = line.split(' ');
    return { kind, exact: numbers.slice(0, 3).map(Number), counts: numbers.slice(3).map(Number) };
  });
}

const estimate = (row, weights) => row.counts.reduce((sum, count, i) => sum + count * weights[i], 0);
const error = (row, family, weights) => Math.abs(estimate(row, weights) / row.exact[family] - 1);

/** Coordinate descent on the normal equations, within bounds. */
function solve(rows, family, trust, weights, perKind) {
  const size = traits.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const vector = new Float64Array(size);
  rows.forEach((row, r) => {
    const exact = row.exact[family];
    const weight = trust[r] / perKind[row.kind] / exact ** 2;
    for (let i = 0; i < size; ++i) {
      if (row.counts[i] === 0) continue;
      vector[i] += weight * row.counts[i] * exact;
      for (let j = 0; j < size; ++j) matrix[i][j] += weight * row.counts[i] * row.counts[j];
    }
  });
  traits.forEach((name, i) => {
    matrix[i][i] += pull;
    vector[i] += pull * (prior[name] ?? 0);
  });
  for (let round = 0; round < 3000; ++round) {
    for (let i = 0; i < size; ++i) {
      let rest = vector[i];
      for (let j = 0; j < size; ++j) if (j !== i) rest -= matrix[i][j] * weights[j];
      const least = corrections.has(traits[i]) ? -0.6 : 0;
      weights[i] = Math.min(3, Math.max(least, rest / matrix[i][i]));
    }
  }
}

const train = read(process.argv[2]);
const test = read(process.argv[3]);
const perKind = {};
for (const row of train) perKind[row.kind] = (perKind[row.kind] ?? 0) + 1;
for (const [family, name] of ['o200k', 'cl100k', 'qwen'].entries()) {
  const weights = traits.map((trait) => prior[trait] ?? 0);
  let trust = train.map(() => 1);
  for (let round = 0; round < 12; ++round) {
    solve(train, family, trust, weights, perKind);
    trust = train.map((row) => 1 / Math.max(0.02, error(row, family, weights)));
  }
  console.log(name, traits.map((trait, i) => `${trait} ${weights[i].toFixed(3)}`).join(', '));
  for (const kind of Object.keys(perKind)) {
    const errors = test.filter((row) => row.kind === kind).map((row) => error(row, family, weights)).sort((a, b) => a - b);
    const per = (share) => (100 * errors[Math.floor(errors.length * share)]).toFixed(1);
    console.log(`  ${kind}: median ${per(0.5)} %, ninth decile ${per(0.9)} %`);
  }
}
