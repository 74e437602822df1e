// SPDX-License-Identifier: Apache-2.0
// The official client's Responses towards a provider of each format: words, tools, reasoning, streams.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import OpenAI from 'openai'

const client = new OpenAI({ baseURL: `${process.env.SIGNALBOX_URL}/v1`, apiKey: 'app-key', maxRetries: 0 })
const simulator = process.env.SIMULATOR_URL
const targets = ['quick/model-1', 'claude/claude-haiku-4-5', 'google/gemini-2.5-flash', 'google/gemini-3-flash-preview']

function tool(name) {
  return {
    type: 'function',
    name,
    strict: false,
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  }
}
const tools = [tool('get_weather'), tool('get_time')]

// Each returns the whole response, however it came.
const ways = {
  whole: (request) => client.responses.create(request),
  streamed: (request) => client.responses.stream(request).finalResponse(),
}

const calls = (response) => response.output.filter((item) => item.type === 'function_call')

function check(response, status = 'completed') {
  assert.equal(response.object, 'response')
  assert.match(response.id, /^resp_/)
  assert.equal(response.status, status)
  assert.equal(response.store, false)
  assert.ok(response.usage.input_tokens > 0 && response.usage.output_tokens > 0)
  assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens)
  for (const call of calls(response)) assert.equal(typeof JSON.parse(call.arguments).city, 'string')
  assert.equal(new Set(response.output.map((item) => item.id)).size, response.output.length)
  return response
}

const results = (response) =>
  calls(response).map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: `${call.name}: fine` }))

for (const model of targets) {
  for (const [way, ask] of Object.entries(ways)) {
    test(`${model} answers, ${way}`, async () => {
      const answer = check(await ask({ model, instructions: 'Be brief.', input: 'Where is my order?' }))
      assert.ok(answer.output_text.length > 0)
      assert.equal(answer.instructions, 'Be brief.')
    })

    test(`a conversation with tools goes on with ${model}, ${way}`, async () => {
      const input = [{ role: 'user', content: [{ type: 'input_text', text: 'What is it like in Paris?' }] }]
      const first = check(await ask({ model, input, tools, tool_choice: 'required' }))
      assert.ok(calls(first).length > 0)
      input.push(...first.output, ...results(first))
      const second = check(await ask({ model, input, tools }))
      assert.equal(calls(second).length, 0)
      input.push(...second.output, { role: 'user', content: 'And in Rome?' })
      const third = check(await ask({ model, input, tools, tool_choice: { type: 'function', name: 'get_time' } }))
      assert.equal(calls(third)[0].name, 'get_time')
      input.push(...third.output, ...results(third))
      check(await ask({ model, input, tools }))
    })

    test(`the output limit cuts ${model}, ${way}`, async () => {
      const answer = check(await ask({ model, max_output_tokens: 2, input: 'Tell me a story.' }), 'incomplete')
      assert.equal(answer.incomplete_details.reason, 'max_output_tokens')
    })

    test(`a schema shapes the answer of ${model}, ${way}`, async () => {
      const schema = {
        type: 'object',
        properties: { city: { type: 'string' }, days: { type: 'integer' } },
        required: ['city', 'days'],
        additionalProperties: false,
      }
      const answer = check(
        await ask({ model, input: 'Where to?', text: { format: { type: 'json_schema', name: 'trip', strict: true, schema } } }),
      )
      assert.deepEqual(Object.keys(JSON.parse(answer.output_text)), ['city', 'days'])
    })
  }
}

for (const [way, ask] of Object.entries(ways)) {
  for (const model of ['claude/claude-haiku-4-5', 'google/gemini-2.5-flash']) {
    test(`${model} reasons, and its reasoning comes back to it, ${way}`, async () => {
      const options = { model, tools, reasoning: { effort: 'low' }, max_output_tokens: 4000 }
      const input = [{ role: 'user', content: 'What is it like in Paris?' }]
      const first = await ask({ ...options, input })
      assert.ok(first.output.some((item) => item.type === 'reasoning' && item.summary[0]?.text.length > 0))
      if (calls(first).length) {
        input.push(...first.output, ...results(first))
        const second = check(await ask({ ...options, input }))
        // The simulated Claude thinks on only if its signed thoughts came back to it.
        if (model.startsWith('claude')) assert.ok(second.output.some((item) => item.type === 'reasoning'))
      }
    })
  }
}

test('the events of a stream are numbered and end with the whole answer', async () => {
  for (const model of targets) {
    const stream = await client.responses.create({ model, input: 'Where is my order?', stream: true })
    const events = []
    let text = ''
    for await (const event of stream) {
      assert.equal(event.sequence_number, events.length)
      events.push(event.type)
      if (event.type === 'response.output_text.delta') text += event.delta
      if (event.type === 'response.completed') assert.equal(event.response.output[0].content[0].text, text)
    }
    assert.deepEqual(events.slice(0, 4), [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
    ])
    assert.equal(events.at(-1), 'response.completed')
    assert.ok(text.length > 0)
  }
})

test('what would need state or the servers of OpenAI is refused by name', async () => {
  const ask = (more) => client.responses.create({ model: 'chat', input: 'hi', ...more })
  for (const [more, param] of [
    [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ background: true }, 'background'],
    [{ store: true }, 'store'],
    [{ tools: [{ type: 'web_search' }] }, 'tools[0].type'],
    [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input[0].type'],
  ]) {
    await assert.rejects(ask(more), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError)
      assert.equal(error.param, param)
      return true
    })
  }
  check(await ask({ store: false, background: false, previous_response_id: null }))
  await assert.rejects(ask({ model: 'nonsense' }), OpenAI.NotFoundError)
})

test('a stream that breaks ends with an error', async () => {
  for (const [model, provider] of [['quick/model-1', 'quick'], ['claude/claude-haiku-4-5', 'claude']]) {
    const fault = { provider, kind: 'cut', after_tokens: 5 }
    await fetch(`${simulator}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) })
    const seen = []
    await assert.rejects(
      async () => {
        for await (const event of await client.responses.create({ model, input: 'hi', stream: true })) seen.push(event.type)
      },
      (error) => error instanceof OpenAI.APIError && error.code === 'upstream_stream_broken',
    )
    assert.ok(seen.includes('response.output_text.delta') && !seen.includes('response.completed'))
    await fetch(`${simulator}/_sim/faults`, { method: 'DELETE' })
  }
})
