// SPDX-License-Identifier: Apache-2.0
// The official client as an application uses it, against a running gateway and simulator.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import OpenAI from 'openai'

import { addFault, eventually, gateway, provider, startAnew } from './world.mjs'

const client = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: 'app-key', maxRetries: 0 })
const messages = [{ role: 'user', content: 'Where is my order?' }]

beforeEach(() => startAnew(['quick', 'slow']))

test('a chat is answered', async () => {
  const { data, response, request_id } = await client.chat.completions
    .create({ model: 'chat', messages })
    .withResponse()
  assert.equal(data.object, 'chat.completion')
  assert.equal(data.choices[0].finish_reason, 'stop')
  assert.ok(data.choices[0].message.content.length > 0)
  assert.ok(data.usage.total_tokens > 0)
  assert.equal(response.headers.get('x-signalbox-target'), 'quick/model-1')
  assert.equal(request_id, response.headers.get('x-request-id'))
})

test('a base URL without the version works too', async () => {
  const plain = new OpenAI({ baseURL: gateway, apiKey: 'app-key', maxRetries: 0 })
  const answer = await plain.chat.completions.create({ model: 'chat', messages })
  assert.ok(answer.choices[0].message.content.length > 0)
})

test('tools are called', async () => {
  const answer = await client.chat.completions.create({
    model: 'chat',
    messages,
    tool_choice: 'required',
    tools: [
      {
        type: 'function',
        function: {
          name: 'find_order',
          parameters: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        },
      },
    ],
  })
  const call = answer.choices[0].message.tool_calls[0]
  assert.equal(call.function.name, 'find_order')
  assert.equal(typeof JSON.parse(call.function.arguments).id, 'string')
})

test('a stream is iterated to its end', async () => {
  const stream = await client.chat.completions.create({ model: 'chat', messages, stream: true })
  let text = ''
  let finish = null
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk')
    assert.ok(chunk.usage == null)
    text += chunk.choices[0]?.delta?.content ?? ''
    finish = chunk.choices[0]?.finish_reason ?? finish
  }
  assert.ok(text.length > 0)
  assert.equal(finish, 'stop')
})

test('usage comes with the last chunk when asked for', async () => {
  const stream = await client.chat.completions.create({
    model: 'chat',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  const last = chunks.at(-1)
  assert.deepEqual(last.choices, [])
  assert.ok(last.usage.completion_tokens > 0)
  assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens)
})

test('the stream helper gathers the whole message', async () => {
  const completion = await client.chat.completions
    .stream({ model: 'chat', messages })
    .finalChatCompletion()
  assert.ok(completion.choices[0].message.content.length > 0)
})

test('embeddings are made, as floats and as the base64 the client asks for', async () => {
  const input = ['the same words', 'the same words', 'something else entirely']
  for (const encoding_format of [undefined, 'float']) {
    const answer = await client.embeddings.create({ model: 'quick/model-1', input, encoding_format, dimensions: 16 })
    const [first, second, third] = answer.data.map((entry) => entry.embedding)
    assert.equal(first.length, 16)
    assert.deepEqual(first, second)
    assert.notDeepEqual(first, third)
    assert.ok(answer.usage.total_tokens > 0)
  }
  await assert.rejects(client.embeddings.create({ model: 'slow/model-1', input }), (error) => {
    assert.ok(error instanceof OpenAI.UnprocessableEntityError)
    assert.equal(error.code, 'no_capable_target')
    return true
  })
  await assert.rejects(client.embeddings.create({ model: 'quick/model-1', input: [] }), OpenAI.BadRequestError)
})

test('models are listed and retrieved', async () => {
  const ids = []
  for await (const model of client.models.list()) ids.push(model.id)
  assert.ok(ids.includes('chat'))
  assert.ok(ids.includes('quick/model-1'))
  assert.equal((await client.models.retrieve('quick/model-1')).id, 'quick/model-1')
  await assert.rejects(client.models.retrieve('quick/none'), OpenAI.NotFoundError)
})

test('errors have the types the client gives them', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'chta', messages }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError)
    assert.equal(error.code, 'model_not_found')
    assert.equal(error.param, 'model')
    assert.match(error.message, /"chat"/)
    assert.ok(error.requestID)
    return true
  })
  await assert.rejects(client.chat.completions.create({ model: 'chat' }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError)
    assert.equal(error.param, 'messages')
    return true
  })
  const stranger = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: 'wrong', maxRetries: 0 })
  await assert.rejects(stranger.chat.completions.create({ model: 'chat', messages }), OpenAI.AuthenticationError)
})

test('a limit is a RateLimitError with its hint', async () => {
  await addFault({ provider: 'quick', kind: 'rate_limit', hint: 'retry_after_s', hint_value: 90 })
  await assert.rejects(client.chat.completions.create({ model: 'chat', messages }), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError)
    assert.equal(error.code, 'rate_limited')
    assert.ok(Number(error.headers.get('retry-after')) > 80)
    return true
  })
})

test('no target left is an InternalServerError', async () => {
  await addFault({ provider: 'quick', kind: 'status', status: 500 })
  await assert.rejects(client.chat.completions.create({ model: 'chat', messages }), (error) => {
    assert.ok(error instanceof OpenAI.InternalServerError)
    assert.equal(error.status, 503)
    assert.equal(error.code, 'no_target_available')
    assert.equal(error.error.attempts.length, 1)
    return true
  })
})

test('a stream that breaks raises an APIError after its content', async () => {
  await addFault({ provider: 'quick', kind: 'cut', after_tokens: 5 })
  const stream = await client.chat.completions.create({ model: 'chat', messages, stream: true })
  let text = ''
  await assert.rejects(
    async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? ''
    },
    (error) => {
      assert.ok(error instanceof OpenAI.APIError)
      assert.equal(error.code, 'upstream_stream_broken')
      return true
    },
  )
  assert.ok(text.length > 0)
})

test('abort() reaches the upstream', async () => {
  const stream = await client.chat.completions.create({ model: 'slow/model-1', messages, stream: true })
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta?.content) break
  }
  stream.controller.abort()
  await eventually(async () => (await provider('slow')).aborted === 1, 'the upstream was not let go')
  assert.equal((await provider('slow')).in_flight, 0)
})
