// SPDX-License-Identifier: Apache-2.0
// The official client towards a provider of each kind: the same conversation, whoever answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({ baseURL: process.env.SIGNALBOX_URL, apiKey: 'app-key', maxRetries: 0 })
const targets = [
  'gpt/gpt-5-mini',
  'qwen/qwen-plus',
  'claude/claude-haiku-4-5',
  'google/gemini-2.5-flash',
  'google/gemini-3-flash-preview',
]

function tool(name) {
  return {
    name,
    description: `Does ${name}.`,
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  }
}
const tools = [tool('get_weather'), tool('get_time')]

// Each returns the whole message, however it came.
const ways = {
  whole: (request) => client.messages.create({ max_tokens: 2000, ...request }),
  streamed: (request) => client.messages.stream({ max_tokens: 2000, ...request }).finalMessage(),
}

const calls = (message) => message.content.filter((block) => block.type === 'tool_use')
const words = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('')

function check(message) {
  assert.equal(message.type, 'message')
  assert.equal(message.role, 'assistant')
  assert.ok(message.id.length > 10)
  assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0, JSON.stringify(message.usage))
  assert.equal(message.stop_reason, calls(message).length ? 'tool_use' : 'end_turn')
  assert.equal(new Set(calls(message).map((call) => call.id)).size, calls(message).length)
  for (const call of calls(message)) assert.equal(typeof call.input.city, 'string')
  return message
}

const results = (message) => ({
  role: 'user',
  content: calls(message).map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: `${call.name}: fine` })),
})

for (const model of targets) {
  for (const [way, ask] of Object.entries(ways)) {
    test(`${model} answers, ${way}`, async () => {
      const answer = check(await ask({ model, system: 'Be brief.', messages: [{ role: 'user', content: 'Where is my order?' }] }))
      assert.ok(words(answer).length > 0)
    })

    test(`a conversation with tools goes on over three turns with ${model}, ${way}`, async () => {
      const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
      const first = check(await ask({ model, messages, tools, tool_choice: { type: 'any' } }))
      assert.ok(calls(first).length > 0)
      messages.push({ role: 'assistant', content: first.content }, results(first))
      const second = check(await ask({ model, messages, tools }))
      assert.equal(calls(second).length, 0)
      messages.push({ role: 'assistant', content: second.content }, { role: 'user', content: 'And in Rome?' })
      const third = check(
        await ask({ model, messages, tools, tool_choice: { type: 'tool', name: 'get_time', disable_parallel_tool_use: true } }),
      )
      assert.deepEqual(calls(third).map((call) => call.name), ['get_time'])
      messages.push({ role: 'assistant', content: third.content }, results(third))
      check(await ask({ model, messages, tools }))
    })

    test(`the output limit cuts ${model}, ${way}`, async () => {
      const answer = await ask({ model, max_tokens: 2, messages: [{ role: 'user', content: 'Tell me a story.' }] })
      assert.equal(answer.stop_reason, 'max_tokens')
    })

    test(`a schema shapes the answer of ${model}, ${way}`, async () => {
      const schema = {
        type: 'object',
        properties: { city: { type: 'string' }, days: { type: 'integer' } },
        required: ['city', 'days'],
        additionalProperties: false,
      }
      const answer = await ask({
        model,
        messages: [{ role: 'user', content: 'Where to?' }],
        output_config: { format: { type: 'json_schema', schema } },
      })
      assert.deepEqual(Object.keys(JSON.parse(words(answer))), ['city', 'days'])
    })
  }
}

for (const [way, ask] of Object.entries(ways)) {
  for (const model of ['claude/claude-haiku-4-5', 'google/gemini-2.5-flash']) {
    test(`${model} thinks, and its thoughts come back to it, ${way}`, async () => {
      const thinking = { type: 'enabled', budget_tokens: 1500 }
      const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
      const first = await ask({ model, messages, tools, thinking })
      const thought = first.content.find((block) => block.type === 'thinking')
      assert.ok(thought.thinking.length > 0)
      if (calls(first).length) {
        messages.push({ role: 'assistant', content: first.content }, results(first))
        check(await ask({ model, messages, tools, thinking }))
      }
    })
  }

  test(`signatures of Gemini's come back to it, ${way}`, async () => {
    const model = 'google/gemini-3-flash-preview'
    const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
    const first = check(await ask({ model, messages, tools, tool_choice: { type: 'any' } }))
    const signed = first.content.find((block) => block.type === 'redacted_thinking')
    assert.match(signed.data, /google-gemini-v1/)
    messages.push({ role: 'assistant', content: first.content }, results(first))
    check(await ask({ model, messages, tools }))
    // The next one is not bothered with them.
    for (const other of targets) check(await ask({ model: other, messages, tools }))
    // And thinking that cannot be had is done without.
    check(await ask({ model: 'claude/claude-haiku-4-5', messages, tools, thinking: { type: 'enabled', budget_tokens: 1500 } }))
  })

  for (const model of ['claude/claude-haiku-4-5', 'google/gemini-2.5-flash']) {
    test(`pictures reach ${model}, ${way}`, async () => {
      const content = [
        { type: 'text', text: 'What is this?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
      ]
      assert.match(words(check(await ask({ model, messages: [{ role: 'user', content }] }))), /image\/png/)
    })
  }
}

test('a conversation may change the provider in the middle of a tool call', async () => {
  for (const model of targets) {
    const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
    const first = check(await ways.whole({ model, messages, tools, tool_choice: { type: 'any' } }))
    messages.push({ role: 'assistant', content: first.content }, results(first))
    for (const other of targets) check(await ways.streamed({ model: other, messages, tools }))
  }
})
