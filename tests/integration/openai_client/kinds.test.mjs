// SPDX-License-Identifier: Apache-2.0
// The official client towards a provider of each kind: all it offers, whoever answers. The simulator
// holds every request to the rules of its provider.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'

import { addFault, eventually, gateway, kinds, provider, removeFaults, startAnew } from './world.mjs'

const client = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: 'app-key', maxRetries: 0 })
const messages = [{ role: 'user', content: 'Where is my order?' }]

const Trip = z.object({ city: z.string(), days: z.number().int(), cheap: z.boolean() })

/** A tool for the helper, which remembers what it was asked. */
function toolOf(name, answer, asked) {
  return {
    type: 'function',
    function: {
      name,
      description: `Does ${name}.`,
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      parse: JSON.parse,
      function: (input) => {
        asked.push(`${name} of ${typeof input.city}`)
        return answer
      },
    },
  }
}

async function rejected(promise, kind, status, code) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof kind, `${error.constructor.name} instead of ${kind.name}: ${error.message}`)
    assert.equal(error.status, status)
    if (code !== undefined) assert.equal(error.code, code)
    assert.ok(error.message.length > 0)
    assert.ok(error.requestID)
    return true
  })
}

// What an upstream does, and what the client makes of the gateway's answer to it.
const troubles = [
  [{ kind: 'status', status: 400 }, OpenAI.BadRequestError, 400],
  [{ kind: 'status', status: 401 }, OpenAI.InternalServerError, 502, 'upstream_auth'],
  [{ kind: 'status', status: 404 }, OpenAI.NotFoundError, 404, 'model_not_found'],
  [{ kind: 'status', status: 422 }, OpenAI.UnprocessableEntityError, 422],
  [{ kind: 'rate_limit', hint: 'retry_after_s', hint_value: 90 }, OpenAI.RateLimitError, 429, 'rate_limited'],
  [{ kind: 'status', status: 503 }, OpenAI.InternalServerError, 503, 'no_target_available'],
]

beforeEach(() => startAnew(kinds.map(({ kind }) => kind)))

for (const { kind, target, thinker, embedder, showsThinking } of kinds) {
  const request = { model: target, messages }
  const thinking = { model: thinker, messages, reasoning_effort: 'low' }

  test(`${kind}: an answer`, async () => {
    const { data, response } = await client.chat.completions.create(request).withResponse()
    assert.equal(response.headers.get('x-signalbox-target'), target)
    assert.equal(data.choices[0].finish_reason, 'stop')
    assert.ok(data.choices[0].message.content.length > 0)
    assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens)
  })

  test(`${kind}: a stream`, async () => {
    const stream = await client.chat.completions.create({ ...request, stream: true, stream_options: { include_usage: true } })
    let text = ''
    const finishes = []
    let usage = null
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? ''
      if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason)
      usage = chunk.usage ?? usage
    }
    assert.ok(text.length > 0)
    assert.deepEqual(finishes, ['stop'])
    assert.ok(usage.completion_tokens > 0)
  })

  test(`${kind}: thinking`, async () => {
    for (const ask of [
      () => client.chat.completions.create(thinking),
      () => client.chat.completions.stream(thinking).finalChatCompletion(),
    ]) {
      const { message } = (await ask()).choices[0]
      assert.ok(message.content.length > 0)
      assert.equal(Boolean(message.reasoning_content), showsThinking)
    }
  })

  for (const stream of [false, true]) {
    test(`${kind}: the helper runs the tools, ${stream ? 'streamed' : 'whole'}`, async () => {
      const asked = []
      const tools = [toolOf('get_weather', '15 degrees', asked), toolOf('get_time', 'noon', asked)]
      const runner = client.chat.completions.runTools({ ...thinking, tools, stream })
      const text = await runner.finalContent()
      assert.match(text, /get_weather said 15 degrees/)
      assert.match(text, /get_time said noon/)
      assert.deepEqual(asked.sort(), ['get_time of string', 'get_weather of string'])
    })
  }

  test(`${kind}: a forced tool`, async () => {
    const { message } = (
      await client.chat.completions.create({ ...request, tools: [toolOf('get_time', '', [])], tool_choice: 'required' })
    ).choices[0]
    assert.equal(message.tool_calls[0].function.name, 'get_time')
    assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string')
  })

  test(`${kind}: an answer in a form`, async () => {
    const form = zodResponseFormat(Trip, 'trip')
    const whole = await client.chat.completions.parse({ ...request, response_format: form })
    const streamed = await client.chat.completions.stream({ ...request, response_format: form }).finalChatCompletion()
    for (const { choices } of [whole, streamed]) {
      assert.ok(Trip.safeParse(choices[0].message.parsed).success, choices[0].message.content)
    }
  })

  test(`${kind}: embeddings`, async () => {
    const input = ['the same words', 'something else', 'the same words']
    if (!embedder) {
      await rejected(client.embeddings.create({ model: target, input }), OpenAI.UnprocessableEntityError, 422, 'no_capable_target')
      return
    }
    const { data, usage } = await client.embeddings.create({ model: embedder, input })
    assert.deepEqual(data.map((entry) => entry.index), [0, 1, 2])
    assert.deepEqual(data[0].embedding, data[2].embedding)
    assert.notDeepEqual(data[0].embedding, data[1].embedding)
    assert.ok(usage.total_tokens > 0)
  })

  test(`${kind}: a response, whole and streamed`, async () => {
    const whole = await client.responses.create({ model: target, input: 'Where is my order?' })
    assert.equal(whole.status, 'completed')
    assert.ok(whole.output_text.length > 0)
    const seen = []
    let text = ''
    for await (const event of await client.responses.create({ model: target, input: 'Where?', stream: true })) {
      seen.push(event.type)
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    assert.ok(text.length > 0)
    assert.equal(seen.at(-1), 'response.completed')
  })

  test(`${kind}: errors have their types`, async () => {
    for (const [fault, type, status, code] of troubles) {
      await startAnew([kind])
      await addFault({ provider: kind, ...fault })
      await rejected(client.chat.completions.create(request), type, status, code)
      await startAnew([kind])
      await addFault({ provider: kind, ...fault })
      await rejected(client.chat.completions.create({ ...request, stream: true }), type, status, code)
    }
    await removeFaults()
    await rejected(client.chat.completions.create({ model: target }), OpenAI.BadRequestError, 400, 'invalid_request')
    await rejected(client.chat.completions.create({ ...request, model: `${target}x` }), OpenAI.NotFoundError, 404, 'model_not_found')
    const stranger = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: 'wrong', maxRetries: 0 })
    await rejected(stranger.chat.completions.create(request), OpenAI.AuthenticationError, 401, 'invalid_api_key')
  })

  test(`${kind}: a result without a call is refused`, async () => {
    const stray = { role: 'tool', tool_call_id: 'abcdefgh1', content: 'noon' }
    await rejected(client.chat.completions.create({ ...request, messages: [...messages, stray] }), OpenAI.BadRequestError, 400)
  })

  test(`${kind}: abort() reaches the upstream`, async () => {
    await addFault({ provider: kind, kind: 'stall', after_tokens: 3 })
    const stream = await client.chat.completions.create({ ...request, stream: true })
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta?.content) break
    }
    stream.controller.abort()
    await eventually(async () => (await provider(kind)).aborted === 1, 'the stream was let go')

    await removeFaults()
    await addFault({ provider: kind, kind: 'hang' })
    const abort = new AbortController()
    const waiting = client.chat.completions.create(request, { signal: abort.signal })
    await eventually(async () => (await provider(kind)).in_flight === 1, 'the upstream is asked')
    abort.abort()
    await assert.rejects(waiting, OpenAI.APIUserAbortError)
    await eventually(async () => (await provider(kind)).aborted === 2, 'the call was let go')
  })
}

for (const [model, words] of [
  ['qwen/qwen-plus', /in thinking mode/],
  ['deepseek/deepseek-v4-flash', /Thinking mode does not support this tool_choice/],
]) {
  test(`${model}: a forced tool while thinking is refused in its words`, async () => {
    const tools = [toolOf('get_time', '', [])]
    const request = { model, messages, tools, tool_choice: 'required', reasoning_effort: 'high' }
    await assert.rejects(client.chat.completions.create(request), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError)
      assert.equal(error.error.origin, 'upstream')
      assert.match(error.message, words)
      return true
    })
    const choice = await client.chat.completions.create({ ...request, tool_choice: 'auto' })
    assert.equal(choice.choices[0].finish_reason, 'tool_calls')
  })
}
