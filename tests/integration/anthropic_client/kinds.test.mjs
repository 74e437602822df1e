// SPDX-License-Identifier: Apache-2.0
// The official client towards a provider of each kind: the same conversation, whoever answers. The
// simulator holds every request to the rules of its provider.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import Anthropic from '@anthropic-ai/sdk'
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema'

import { addFault, eventually, gateway, kinds, provider, removeFaults, startAnew } from './world.mjs'

const client = new Anthropic({ baseURL: gateway, apiKey: 'app-key', maxRetries: 0 })
const targets = kinds.map(({ target }) => target)

beforeEach(() => startAnew(kinds.map(({ kind }) => kind)))

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
  for (const model of ['anthropic/claude-haiku-4-5', 'gemini/gemini-2.5-flash']) {
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
    const model = 'gemini/gemini-3-flash-preview'
    const messages = [{ role: 'user', content: 'What is it like in Paris?' }]
    const first = check(await ask({ model, messages, tools, tool_choice: { type: 'any' } }))
    const signed = first.content.find((block) => block.type === 'redacted_thinking')
    assert.match(signed.data, /google-gemini-v1/)
    messages.push({ role: 'assistant', content: first.content }, results(first))
    check(await ask({ model, messages, tools }))
    // The next one is not bothered with them.
    for (const other of targets) check(await ask({ model: other, messages, tools }))
    // And thinking that cannot be had is done without.
    check(await ask({ model: 'anthropic/claude-haiku-4-5', messages, tools, thinking: { type: 'enabled', budget_tokens: 1500 } }))
  })

  for (const model of ['anthropic/claude-haiku-4-5', 'gemini/gemini-2.5-flash']) {
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

const thinking = { type: 'enabled', budget_tokens: 1500 }
const question = [{ role: 'user', content: 'What is it like in Paris?' }]

async function rejected(promise, kind, status, type, code) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof kind, `${error.constructor.name} instead of ${kind.name}: ${error.message}`)
    assert.equal(error.status, status)
    assert.equal(error.type, type)
    if (code !== undefined) assert.equal(error.error.error.code, code)
    assert.ok(error.apiMessage.length > 0)
    assert.equal(error.requestID, error.headers.get('x-signalbox-id'))
    return true
  })
}

// What an upstream does, and what the client makes of the gateway's answer to it.
const troubles = [
  [{ kind: 'status', status: 400 }, Anthropic.BadRequestError, 400, 'invalid_request_error'],
  [{ kind: 'status', status: 401 }, Anthropic.InternalServerError, 502, 'api_error', 'upstream_auth'],
  [{ kind: 'status', status: 404 }, Anthropic.NotFoundError, 404, 'not_found_error', 'model_not_found'],
  [{ kind: 'status', status: 413 }, Anthropic.ContentTooLargeError, 413, 'request_too_large'],
  [{ kind: 'status', status: 422 }, Anthropic.UnprocessableEntityError, 422, 'invalid_request_error'],
  [{ kind: 'rate_limit', hint: 'retry_after_s', hint_value: 90 }, Anthropic.RateLimitError, 429, 'rate_limit_error', 'rate_limited'],
  [{ kind: 'status', status: 503 }, Anthropic.ServiceUnavailableError, 503, 'overloaded_error', 'no_target_available'],
]

for (const { kind, target, thinker, showsThinking } of kinds) {
  for (const stream of [false, true]) {
    test(`the helper runs the tools of ${kind}, ${stream ? 'streamed' : 'whole'}`, async () => {
      const asked = []
      const toolOf = (name, answer) =>
        betaTool({
          ...{ name, description: `Does ${name}.` },
          inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          run: (input) => {
            asked.push(`${name} of ${typeof input.city}`)
            return answer
          },
        })
      const answer = await client.beta.messages.toolRunner({
        ...{ model: thinker, max_tokens: 4000, messages: question, thinking, stream },
        tools: [toolOf('get_weather', '15 degrees'), toolOf('get_time', 'noon')],
      })
      assert.match(words(answer), /get_weather said 15 degrees/)
      assert.match(words(answer), /get_time said noon/)
      assert.deepEqual(asked.sort(), ['get_time of string', 'get_weather of string'])
    })
  }

  for (const [way, ask] of Object.entries(ways)) {
    test(`${kind} thinks, ${way}`, async () => {
      const answer = await ask({ model: thinker, max_tokens: 4000, messages: question, thinking })
      const thoughts = answer.content.filter((block) => block.type === 'thinking')
      assert.equal(thoughts.length > 0, showsThinking)
      for (const thought of thoughts) assert.ok(thought.thinking.length > 0)
      assert.ok(words(answer).length > 0)
      assert.ok(answer._request_id ?? way === 'streamed')
    })
  }

  test(`tokens are counted for ${kind}`, async () => {
    const count = await client.messages.countTokens({ model: target, messages: question, tools })
    assert.ok(count.input_tokens > 20)
    assert.ok(count._request_id)
    assert.equal((await provider(kind)).requests, 0)
  })

  test(`errors of ${kind} have their types`, async () => {
    const request = { model: target, max_tokens: 100, messages: question }
    for (const [fault, ...expected] of troubles) {
      for (const stream of [false, true]) {
        await startAnew([kind])
        await addFault({ provider: kind, ...fault })
        await rejected(client.messages.create({ ...request, stream }), ...expected)
      }
    }
  })

  test(`abort() reaches ${kind}`, async () => {
    const request = { model: target, max_tokens: 100, messages: question }
    await addFault({ provider: kind, kind: 'stall', after_tokens: 3 })
    const stream = client.messages.stream(request)
    stream.on('text', () => stream.abort())
    await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError)
    await eventually(async () => (await provider(kind)).aborted === 1, 'the stream was let go')

    await removeFaults()
    await addFault({ provider: kind, kind: 'hang' })
    const abort = new AbortController()
    const waiting = client.messages.create(request, { signal: abort.signal })
    await eventually(async () => (await provider(kind)).in_flight === 1, 'the upstream is asked')
    abort.abort()
    await assert.rejects(waiting, Anthropic.APIUserAbortError)
    await eventually(async () => (await provider(kind)).aborted === 2, 'the call was let go')
  })
}

test('errors of the gateway have their types and their ids', async () => {
  const request = { model: targets[0], max_tokens: 100, messages: question }
  const stranger = new Anthropic({ baseURL: gateway, apiKey: 'wrong', maxRetries: 0 })
  const narrow = new Anthropic({ baseURL: gateway, apiKey: 'narrow-key', maxRetries: 0 })
  const large = { headers: { 'x-large': 'x'.repeat(40_000) } }
  await rejected(client.messages.create({ ...request, messages: [] }), Anthropic.BadRequestError, 400, 'invalid_request_error', 'invalid_request')
  await rejected(stranger.messages.create(request), Anthropic.AuthenticationError, 401, 'authentication_error', 'invalid_api_key')
  await rejected(narrow.messages.create({ ...request, model: targets[1] }), Anthropic.PermissionDeniedError, 403, 'permission_error', 'route_not_allowed')
  await rejected(client.messages.create({ ...request, model: 'none' }), Anthropic.NotFoundError, 404, 'not_found_error', 'model_not_found')
  // Which path they were for is not known yet, nor which shape its errors have.
  await assert.rejects(client.messages.create(request, large), Anthropic.RequestHeaderFieldsTooLargeError)

  await addFault({ provider: 'openai', kind: 'hang' })
  const hasty = client.messages.create({ ...request, model: targets[0].replace('openai', 'hasty'), stream: true })
  await rejected(hasty, Anthropic.GatewayTimeoutError, 504, 'timeout_error', 'upstream_timeout')
})

test('the id is the one that the client gave', async () => {
  const options = { headers: { 'x-request-id': 'mine-1' } }
  const answer = await client.messages.create({ model: targets[0], max_tokens: 100, messages: question }, options)
  assert.equal(answer._request_id, 'mine-1')
})
