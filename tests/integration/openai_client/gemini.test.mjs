// SPDX-License-Identifier: Apache-2.0
// The official client talking to a model that speaks Gemini's own format: what it sends must reach
// the model, which echoes tool results and pictures in its words and refuses what its API would.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import OpenAI from 'openai'

const gateway = process.env.SIGNALBOX_URL
const client = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: 'app-key', maxRetries: 0 })
const older = 'google/gemini-2.5-flash'
const newer = 'google/gemini-3-flash-preview'

function tool(name) {
  return {
    type: 'function',
    function: {
      name,
      strict: true,
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' }, days: { type: ['integer', 'null'] } },
        required: ['city', 'days'],
        additionalProperties: false,
      },
    },
  }
}
const tools = [tool('get_weather'), tool('get_time')]

// Each returns the completion, however it came.
const ways = {
  whole: (request) => client.chat.completions.create(request),
  streamed: (request) => client.chat.completions.stream(request).finalChatCompletion(),
}

function check(completion, names) {
  const { finish_reason, message } = completion.choices[0]
  assert.equal(finish_reason, names.length ? 'tool_calls' : 'stop')
  const calls = message.tool_calls ?? []
  assert.deepEqual(calls.map((call) => call.function.name), names)
  for (const call of calls) assert.equal(typeof JSON.parse(call.function.arguments).city, 'string')
  assert.equal(new Set(calls.map((call) => call.id)).size, names.length)
  return message
}

function results(message, ...contents) {
  return message.tool_calls.map((call, i) => ({ role: 'tool', tool_call_id: call.id, content: contents[i] }))
}

for (const [way, ask] of Object.entries(ways)) {
  for (const model of [older, newer]) {
    test(`a conversation with tools goes on over three turns, ${model}, ${way}`, async () => {
      const messages = [
        { role: 'system', content: 'Use the tools.' },
        { role: 'user', content: 'What is it like in Paris?' },
      ]
      const first = check(await ask({ model, messages, tools, tool_choice: 'required' }), ['get_weather', 'get_time'])
      assert.equal(first.reasoning_details.length, 1)
      messages.push(first, ...results(first, '15 degrees', 'noon').reverse())

      const second = check(await ask({ model, messages, tools }), [])
      assert.equal(second.content, 'get_weather said 15 degrees; get_time said noon')
      messages.push(second, { role: 'user', content: 'And in Rome?' })

      const only = { type: 'function', function: { name: 'get_time' } }
      const third = check(await ask({ model, messages, tools, tool_choice: only }), ['get_time'])
      messages.push(third, ...results(third, 'evening'))

      const last = check(await ask({ model, messages }), [])
      assert.equal(last.content, 'get_time said evening')
    })
  }

  test(`thoughts come along, signatures go back, ${way}`, async () => {
    const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
    const options = { model: newer, tools, reasoning_effort: 'low' }
    const completion = await ask({ messages, ...options })
    const first = check(completion, ['get_weather', 'get_time'])
    assert.ok(first.reasoning_content.length > 0)
    assert.equal(first.reasoning_details[0].format, 'google-gemini-v1')
    if (completion.usage != null) {
      const { prompt_tokens, completion_tokens, total_tokens, completion_tokens_details } = completion.usage
      assert.ok(completion_tokens_details.reasoning_tokens > 0)
      assert.ok(completion_tokens > completion_tokens_details.reasoning_tokens)
      assert.equal(total_tokens, prompt_tokens + completion_tokens)
    }
    messages.push(first, ...results(first, 'rain', 'noon'))
    assert.equal(check(await ask({ messages, ...options }), []).content, 'get_weather said rain; get_time said noon')

    // A client that drops them gets an answer all the same.
    const { reasoning_details, reasoning_content, ...plain } = first
    messages[1] = plain
    check(await ask({ messages, ...options }), [])

    // One that alters them is told so by Gemini.
    messages[1] = { ...first, reasoning_details: [{ ...first.reasoning_details[0], data: 'forged' }] }
    await assert.rejects(ask({ messages, ...options }), (error) => error.status === 400 && /signature/.test(error.message))
  })

  test(`pictures arrive, ${way}`, async () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://generativelanguage.googleapis.com/v1beta/files/a' } },
    ]
    const answer = check(await ask({ model: older, messages: [{ role: 'user', content }] }), [])
    assert.equal(answer.content, 'an image image/png of 12 characters; an image https://generativelanguage.googleapis.com/v1beta/files/a')
  })

  test(`a schema shapes the answer, ${way}`, async () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string', minLength: 1, format: 'hostname' },
        days: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        kind: { const: 'trip' },
      },
      required: ['city', 'days', 'kind'],
      additionalProperties: false,
    }
    const answer = await ask({
      model: older,
      messages: [{ role: 'user', content: 'Where to?' }],
      response_format: { type: 'json_schema', json_schema: { name: 'trip', strict: true, schema } },
    })
    const { city, days, kind } = JSON.parse(answer.choices[0].message.content)
    assert.deepEqual([typeof city, days, kind], ['string', 7, 'trip'])
  })
}

test('a stream ends with [DONE], its usage and its cost are told', async () => {
  const answer = await fetch(`${gateway}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer app-key', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: older,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'hi' }],
    }),
  })
  const text = await answer.text()
  assert.ok(text.endsWith('data: [DONE]\n\n'))
  assert.ok(!text.includes('\r'))
  const chunks = text.trim().split('\n\n').slice(0, -1).map((line) => JSON.parse(line.slice(6)))
  assert.equal(chunks.filter((chunk) => chunk.choices[0]?.finish_reason).length, 1)
  assert.deepEqual(chunks.at(-1).choices, [])
  assert.ok(chunks.at(-1).usage.completion_tokens > 0)
  const whole = await client.chat.completions
    .create({ model: older, messages: [{ role: 'user', content: 'hi' }] })
    .withResponse()
  const { prompt_tokens, completion_tokens } = whole.data.usage
  const cost = Number(whole.response.headers.get('x-signalbox-cost-usd'))
  assert.ok(Math.abs(cost - (prompt_tokens * 0.3 + completion_tokens * 2.5) / 1e6) < 1e-9)
})

test('embeddings come in order, as floats and as base64', async () => {
  const input = ['the cat sat', 'a dog ran', 'the cat sat']
  const model = 'google/gemini-embedding-001'
  const floats = await client.embeddings.create({ model, input, dimensions: 8, encoding_format: 'float' })
  const decoded = await client.embeddings.create({ model, input, dimensions: 8 }) // asks for base64
  assert.deepEqual(floats.data.map((item) => item.index), [0, 1, 2])
  assert.equal(floats.data[0].embedding.length, 8)
  assert.deepEqual(floats.data[0].embedding, floats.data[2].embedding)
  assert.notDeepEqual(floats.data[0].embedding, floats.data[1].embedding)
  floats.data.forEach((item, i) =>
    item.embedding.forEach((number, k) => assert.ok(Math.abs(number - decoded.data[i].embedding[k]) < 1e-6)),
  )
  assert.ok(floats.usage.prompt_tokens > 0)
  // More than Gemini takes at once: two calls, one answer.
  const many = await client.embeddings.create({ model, input: [...Array(100).fill('a'), 'b'], dimensions: 8 })
  assert.deepEqual(many.data.map((item) => item.index), [...Array(101).keys()])
  assert.deepEqual(many.data[0].embedding, many.data[99].embedding)
  assert.notDeepEqual(many.data[99].embedding, many.data[100].embedding)
})

test('what Gemini cannot be sent is refused by name', async () => {
  const user = { role: 'user', content: 'hi' }
  const broken = {
    role: 'assistant',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '{"city":' } }],
  }
  const result = { role: 'tool', tool_call_id: 'call_1', content: 'noon' }
  const image = (url) => [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
  for (const [request, status, words] of [
    [{ messages: [user, broken, result], tools }, 422, /the arguments of tool call "call_1"/],
    [{ messages: [user], n: 9 }, 422, /n = 9/],
    [{ messages: [user, { role: 'assistant', content: 'Well,' }] }, 422, /ends with the assistant/],
    [{ messages: [user, result] }, 400, /messages\[1\]\.tool_call_id/],
    [{ messages: image('data:image/gif;base64,AA==') }, 422, /image\/gif/],
  ]) {
    await assert.rejects(client.chat.completions.create({ model: older, ...request }), (error) => {
      assert.equal(error.status, status)
      assert.match(error.message, words)
      return true
    })
  }
  const strict = client.chat.completions.create(
    { model: older, messages: [user], presence_penalty: 0.5 },
    { headers: { 'x-signalbox-strict': '1' } },
  )
  await assert.rejects(strict, (error) => error.status === 422 && /presence_penalty/.test(error.message))
})

test("a throttled key's wait is what Gemini says, and the key comes back", async () => {
  const fault = { provider: 'google', kind: 'rate_limit', hint: 'text', hint_value: 0.5, count: 1 }
  const set = await fetch(`${process.env.SIMULATOR_URL}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) })
  assert.ok(set.ok, await set.text())
  // RetryInfo "0s" is one second at most: the only key is waited for.
  const began = Date.now()
  const answer = await client.chat.completions
    .create({ model: older, messages: [{ role: 'user', content: 'hi' }] })
    .withResponse()
  assert.equal(answer.response.headers.get('x-signalbox-attempts'), '2')
  assert.ok(Date.now() - began >= 900)
})
