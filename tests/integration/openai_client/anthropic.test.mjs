// SPDX-License-Identifier: Apache-2.0
// The official client talking to a model that speaks Anthropic's Messages: what it sends must reach
// the model, which echoes tool results and pictures in its words and refuses what its API would.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import OpenAI from 'openai'

const client = new OpenAI({ baseURL: `${process.env.SIGNALBOX_URL}/v1`, apiKey: 'app-key', maxRetries: 0 })
const model = 'claude/claude-haiku-4-5'

function tool(name) {
  return {
    type: 'function',
    function: {
      name,
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  }
}
const tools = [tool('get_weather'), tool('get_time')]

// Each returns the completion, however it came.
const ways = {
  whole: (request) => client.chat.completions.create({ model, ...request }),
  streamed: (request) => client.chat.completions.stream({ model, ...request }).finalChatCompletion(),
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
  test(`a conversation with tools goes on over three turns, ${way}`, async () => {
    const messages = [
      { role: 'system', content: 'Use the tools.' },
      { role: 'user', content: 'What is it like in Paris?' },
    ]
    const first = check(await ask({ messages, tools, tool_choice: 'required' }), ['get_weather', 'get_time'])
    messages.push(first, ...results(first, '15 degrees', 'noon').reverse())

    const second = check(await ask({ messages, tools }), [])
    assert.equal(second.content, 'get_time said noon; get_weather said 15 degrees')
    messages.push(second, { role: 'user', content: 'And in Rome?' })

    const third = check(
      await ask({ messages, tools, tool_choice: 'required', parallel_tool_calls: false }),
      ['get_weather'],
    )
    messages.push(third, ...results(third, '25 degrees'))

    const last = check(await ask({ messages }), [])
    assert.equal(last.content, 'get_weather said 25 degrees')
  })

  test(`thinking comes along and is given back with the tools' results, ${way}`, async () => {
    const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
    const options = { tools, reasoning_effort: 'low', max_tokens: 4000 }
    const completion = await ask({ messages, ...options })
    const first = check(completion, ['get_weather', 'get_time'])
    assert.ok(first.reasoning_content.length > 0)
    assert.ok(completion.usage == null || completion.usage.completion_tokens_details.reasoning_tokens > 0)
    assert.equal(first.reasoning_details[0].type, 'reasoning.text')
    messages.push(first, ...results(first, 'rain', 'noon'))
    const second = check(await ask({ messages, ...options }), [])
    assert.equal(second.content, 'get_weather said rain; get_time said noon')
    assert.ok(second.reasoning_content.length > 0)

    // A client that drops the thinking gets it kept for it.
    const { reasoning_details, reasoning_content, ...plain } = first
    messages[1] = plain
    const without = check(await ask({ messages, ...options }), [])
    assert.ok(without.reasoning_content.length > 0)
  })

  test(`pictures arrive, ${way}`, async () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ]
    const answer = check(await ask({ messages: [{ role: 'user', content }] }), [])
    assert.equal(answer.content, 'an image image/png of 12 characters; an image https://example.com/a.png')
  })

  test(`a schema shapes the answer, ${way}`, async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string', minLength: 1 }, days: { type: 'integer' } },
      required: ['city', 'days'],
      additionalProperties: false,
    }
    const answer = await ask({
      messages: [{ role: 'user', content: 'Where to?' }],
      response_format: { type: 'json_schema', json_schema: { name: 'trip', strict: true, schema } },
    })
    assert.deepEqual(Object.keys(JSON.parse(answer.choices[0].message.content)), ['city', 'days'])
  })
}

test('calls in a stream are numbered and come in pieces', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'Paris?' }],
    tools,
    tool_choice: 'required',
    stream: true,
    stream_options: { include_usage: true },
  })
  const calls = []
  let usage = null
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage
    for (const { index, id, function: called } of chunk.choices[0]?.delta?.tool_calls ?? []) {
      if (id) calls[index] = { id, name: called.name, text: '' }
      else assert.equal(called.name, undefined)
      calls[index].text += called.arguments
    }
  }
  assert.deepEqual(calls.map((call) => call.name), ['get_weather', 'get_time'])
  for (const call of calls) assert.equal(typeof JSON.parse(call.text).city, 'string')
  assert.ok(usage.prompt_tokens > 0 && usage.completion_tokens > 0)
})

test('what Anthropic cannot be sent is refused by name', async () => {
  const user = { role: 'user', content: 'hi' }
  const broken = {
    role: 'assistant',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '{"city":' } }],
  }
  const result = { role: 'tool', tool_call_id: 'call_1', content: 'noon' }
  for (const [request, status, words] of [
    [{ messages: [user, broken, result], tools }, 422, /the arguments of tool call "call_1"/],
    [{ messages: [user], n: 2 }, 422, /n = 2/],
    [{ messages: [user, result] }, 400, /messages\[1\]\.tool_call_id/],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/bmp;base64,AA==' } }] }] },
      422,
      /image\/bmp/,
    ],
  ]) {
    await assert.rejects(client.chat.completions.create({ model, ...request }), (error) => {
      assert.equal(error.status, status)
      assert.match(error.message, words)
      return true
    })
  }
  const strict = client.chat.completions.create(
    { model, messages: [user], seed: 5 },
    { headers: { 'x-signalbox-strict': '1' } },
  )
  await assert.rejects(strict, (error) => error.status === 422 && /seed/.test(error.message))
})
