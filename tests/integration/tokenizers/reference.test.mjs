// SPDX-License-Identifier: Apache-2.0
// Writes random and adversarial texts with the tokens that the reference tokenizers make of them:
// a line of JSON each, `{"by", "style", "text", "tokens"}`. SEED, TEXTS and OUTPUT come from outside.
import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { test } from 'node:test';
import * as cl100k from 'gpt-tokenizer/encoding/cl100k_base';
import * as o200k from 'gpt-tokenizer/encoding/o200k_base';
import { get_encoding, Tiktoken } from 'tiktoken';

const plain = { disallowedSpecial: new Set() };

/** Mulberry32: small, seeded, the same everywhere. */
function randomOf(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Left out: U+0085, U+FEFF and the long s, which JavaScript's expressions class otherwise than
// OpenAI's own; `exotic` below has them, for tiktoken alone.
const alphabets = [
  'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'etaoin shrdlu', '0123456789', ' ', ' \t',
  '\n', '\r\n', ' \n\t\r', '.,;:!?', '()[]{}<>/\\|', '"\'`', '+-*=_&^%$#@~', "'sStTmMdDlLvVrReE", '/\n/', 'äöüßéèñçøåÀÉÎÕÜ',
  'ǅǈǋᾈ', 'ʰʲˠⁿ', '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里',
  '，。！？；：、“”（）《》', 'ひらがなカタカナー々', '한국어조선글', 'الحروفالعربيةَُِّ', 'हिन्दीकीमात्राएँ', 'ไทยภาษาที่นี้', 'кириллицаЖЫ', 'αβγΔΩά',
  'אבגדהַָ', '\u0301\u0308\u20dd', '½¾Ⅷ٣४²①', '𝐀𝐛𝟗𐐀𐐨𠮷𠀀', '😀👍🏽👩‍👩‍👧🇩🇪❤️', '\u00a0\u2003\u2028\u3000', '\u0000\u0001\u001b\u007f\ufffd\ue000\u200b\u200d',
].map((letters) => [...letters]);

const snippets = [
  "I'll don't we've HE'S you'D", 'https://example.org/a/b?c=d&e=f#g', 'for (let i = 0; i < n; ++i) {\n\tsum += a[i];\n}\n',
  '{"name": "Ada", "age": 36, "tags": ["x", "y"], "nested": {"ok": true, "none": null}}', '<div class="a">text</div>\n\n',
  'HTTPServerError', 'snake_case_name', 'camelCaseName', 'ABC中ABC', '中ABCabc', 'e\u0301E\u0301', '3.14159265358979', '2026-11-23T07:12:52Z',
  '<|endoftext|>', '<|im_start|>user', '   leading', 'trailing   ', ' \n \n ', '\n\n\n', '\t\t\tindented', 'x'.repeat(40), '=='.repeat(40),
  '東京タワーに行きました。', '请把下面这段话翻译成英文：', 'Mixed 中英文 text，with 标点。', '¡Hola! ¿Qué tal?', '//////\n//', '!!!???...', 'don’t “quote”',
];

function makeText(random, vocabulary) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const upTo = (most) => 1 + Math.floor(random() * most);
  const run = () => {
    const letters = pick(alphabets);
    return Array.from({ length: upTo(random() < 0.1 ? 120 : 8) }, () => pick(letters)).join('');
  };
  const pieces = [
    run, run, run, () => pick(snippets), () => pick(snippets),
    () => pick(pick(alphabets)).repeat(upTo(random() < 0.05 ? 3000 : 30)),
    () => vocabulary[Math.floor(random() * vocabulary.length)],
    () => ' ',
  ];
  return Array.from({ length: upTo(random() < 0.2 ? 60 : 12) }, () => pick(pieces)()).join('');
}

const exotic = [
  'a\ufeffb', '\ufeffhello', 'x\u0085\u0085y', '\u0085 a', "don'\u017f x'\u017fy 'S'\u017f", '\u001c\u001d a', '\u180e\u200b x', '\ufeff\ufeff \ufeff',
];

// Qwen's expression (tokenization_qwen.py), over another vocabulary: it is the cutting that is compared.
const qwenPattern = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

function packedRanks(file) {
  const lines = readFileSync(file, 'latin1').trimEnd().split('\n');
  return `! 0 ${lines.map((line) => line.split(' ')[0]).join(' ')}`;
}

test('writes the reference', () => {
  const count = Number(process.env.TEXTS ?? 1000);
  const random = randomOf(Number(process.env.SEED ?? 1));
  const out = openSync(process.env.OUTPUT ?? 'reference.jsonl', 'w');
  const write = (by, style, text, tokens) =>
    writeSync(out, `${JSON.stringify({ by, style, text, tokens: Array.from(tokens) })}\n`);

  for (const [style, encoding] of [['o200k', o200k], ['cl100k', cl100k]]) {
    const vocabulary = Array.from({ length: 45_000 }, (_, i) => encoding.decode([i * 2 + 300]))
      .filter((word) => !/[\u0085\ufeff\ufffd\u017f]/u.test(word));
    const official = get_encoding(`${style}_base`);
    for (let i = 0; i < count; ++i) {
      const text = makeText(random, vocabulary).slice(0, 20_000).toWellFormed();
      const tokens = encoding.encode(text, plain);
      write('gpt-tokenizer', style, text, tokens);
      if (i % 10 === 0) {
        assert.deepEqual(Array.from(official.encode(text, [], [])), tokens);
      }
    }
    for (const text of exotic) {
      write('tiktoken', style, text, official.encode(text, [], []));
    }
    official.free();
  }

  const qwen = new Tiktoken(packedRanks('node_modules/gpt-tokenizer/data/cl100k_base.tiktoken'), {}, qwenPattern);
  const words = snippets.concat(exotic);
  for (let i = 0; i < count / 4; ++i) {
    const text = makeText(random, words).slice(0, 5000).toWellFormed();
    write('tiktoken', 'qwen', text, qwen.encode(text.normalize('NFC'), [], []));
  }
  qwen.free();
  closeSync(out);
});
