// SPDX-License-Identifier: Apache-2.0
// The official client as an application uses it: headers, counting, typed errors, cancellation.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import Anthropic from '@anthropic-ai/sdk'

import { addFault, eventually, gateway, provider, simulator, startAnew } from './world.mjs'

const clientWith = (apiKey) => new Anthropic({ baseURL: gateway, apiKey, maxRetries: 0 })
const client = clientWith('app-key')
const messages = [{ role: 'user', content: 'Where is my order?' }]
const request = { model: 'chat', max_tokens: 100, messages }

beforeEach(() => startAnew(['gpt', 'qwen', 'slow', 'claude', 'google']))

async function rejected(promise, kind, type, code) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof kind, `${error.constructor.name} instead of ${kind.name}: ${error.message}`)
    assert.equal(error.error.type, 'error')
    assert.equal(error.error.error.type, type)
    assert.equal(error.error.error.code, code)
    assert.ok(error.error.error.message.length > 0)
    assert.ok(Array.isArray(error.error.error.attempts))
    return true
  })
}

test('an answer tells where it came from', async () => {
  const { data, response } = await client.messages.create(request).withResponse()
  assert.equal(data.content[0].type, 'text')
  assert.equal(response.headers.get('x-signalbox-target'), 'claude/claude-haiku-4-5')
  assert.equal(response.headers.get('x-signalbox-route'), 'chat')
  assert.ok(Number(response.headers.get('x-signalbox-cost-usd')) > 0)
})

test('the record names the dialect', async () => {
  const { response } = await client.messages.create(request).withResponse()
  const id = response.headers.get('x-signalbox-id')
  let record
  await eventually(async () => {
    const answer = await fetch(`${gateway}/admin/v1/requests/${id}`, {
      headers: { authorization: `Bearer ${process.env.ADMIN_TOKEN}` },
    })
    record = await answer.json()
    return answer.status === 200
  }, 'the request is recorded')
  assert.equal(record.dialect, 'anthropic')
})

test('a bearer token and a base URL with the version work too', async () => {
  const bearer = new Anthropic({ baseURL: gateway, authToken: 'app-key', apiKey: null, maxRetries: 0 })
  assert.equal((await bearer.messages.create(request)).role, 'assistant')
})

test('another target answers when the first one fails, and nobody notices', async () => {
  await addFault({ provider: 'claude', kind: 'status', status: 529 })
  for (const ask of [
    () => client.messages.create(request),
    () => client.messages.stream(request).finalMessage(),
  ]) {
    const message = await ask()
    assert.equal(message.stop_reason, 'end_turn')
    assert.match(message.model, /^gpt/)
  }
})

test('a stream tells its words as they come', async () => {
  for (const model of ['gpt/gpt-5-mini', 'claude/claude-haiku-4-5']) {
    let heard = ''
    const stream = client.messages.stream({ ...request, model }).on('text', (text) => (heard += text))
    const message = await stream.finalMessage()
    assert.equal(heard, message.content[0].text)
    assert.ok(message.usage.output_tokens > 0)
  }
})

test('tokens are counted', async () => {
  const { input_tokens } = await client.messages.countTokens({ model: 'chat', messages, system: 'Be brief.' })
  assert.ok(input_tokens > 5 && input_tokens < 40, String(input_tokens))
  const longer = await client.messages.countTokens({
    model: 'chat',
    messages: [{ role: 'user', content: 'Where is my order? '.repeat(100) }],
  })
  assert.ok(longer.input_tokens > 300)
  assert.equal((await provider('claude')).requests, 0)
  await rejected(client.messages.countTokens({ model: 'nonsense', messages }), Anthropic.NotFoundError, 'not_found_error', 'model_not_found')
  await rejected(client.messages.countTokens({ model: 'chat' }), Anthropic.BadRequestError, 'invalid_request_error', 'invalid_request')
})

test('errors have their types', async () => {
  await rejected(clientWith('wrong').messages.create(request), Anthropic.AuthenticationError, 'authentication_error', 'invalid_api_key')
  await rejected(
    client.messages.create({ ...request, model: 'nonsense' }),
    Anthropic.NotFoundError,
    'not_found_error',
    'model_not_found',
  )
  await rejected(
    clientWith('narrow-key').messages.create({ ...request, model: 'qwen/qwen-plus' }),
    Anthropic.PermissionDeniedError,
    'permission_error',
    'route_not_allowed',
  )
  const poor = clientWith('poor-key')
  await poor.messages.create(request)
  await rejected(poor.messages.create(request), Anthropic.RateLimitError, 'rate_limit_error', 'rate_limited')
})

test('errors of the upstream have their types', async () => {
  const ask = () => client.messages.create({ ...request, model: 'qwen/qwen-plus' })
  await addFault({ provider: 'qwen', kind: 'rate_limit' })
  await rejected(ask(), Anthropic.RateLimitError, 'rate_limit_error', 'rate_limited')
  await fetch(`${simulator}/_sim/faults`, { method: 'DELETE' })
  await addFault({ provider: 'claude', kind: 'status', status: 500 })
  await addFault({ provider: 'gpt', kind: 'status', status: 500 })
  await assert.rejects(client.messages.create(request), (error) => {
    assert.ok(error instanceof Anthropic.InternalServerError)
    assert.equal(error.status, 503)
    assert.equal(error.error.error.type, 'overloaded_error')
    assert.equal(error.error.error.attempts.length, 2)
    return true
  })
})

test('what cannot be carried is refused by name', async () => {
  const refusals = [
    [{ max_tokens: undefined }, 'max_tokens'],
    [{ messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'text', data: 'x' } }] }] }, 'messages[0].content[0].type'],
    [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools[0].type'],
    [{ mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] }, 'mcp_servers'],
    [{ messages: [...messages, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't' }] }] }, 'messages[1].content[0].tool_use_id'],
  ]
  for (const [change, param] of refusals) {
    await assert.rejects(client.messages.create({ ...request, ...change }), (error) => {
      assert.ok(error instanceof Anthropic.BadRequestError)
      assert.equal(error.error.error.param, param)
      return true
    })
  }
})

test('unknown paths and methods are told in the same shape', async () => {
  const answer = await fetch(`${gateway}/v1/messages`)
  assert.equal(answer.status, 405)
  assert.equal(answer.headers.get('allow'), 'POST')
  assert.equal((await answer.json()).type, 'error')
})

for (const [model, id] of [['gpt/gpt-5-mini', 'gpt'], ['claude/claude-haiku-4-5', 'claude']]) {
  test(`a stream of ${id} that breaks ends with an error`, async () => {
    await addFault({ provider: id, kind: 'cut', after_tokens: 5 })
    const seen = []
    await assert.rejects(
      async () => {
        for await (const event of await client.messages.create({ ...request, model, stream: true })) seen.push(event.type)
      },
      (error) => {
        assert.ok(error instanceof Anthropic.APIError)
        assert.equal(error.error.error.type, 'api_error')
        assert.equal(error.error.error.code, 'upstream_stream_broken')
        return true
      },
    )
    assert.ok(seen.includes('content_block_delta'))
    assert.ok(!seen.includes('message_stop'))
  })
}

test('leaving in the middle ends the call upstream', async () => {
  const stream = client.messages.stream({ ...request, model: 'slow/qwen-plus', max_tokens: 1000 })
  stream.on('text', () => stream.abort())
  await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError)
  await eventually(async () => (await provider('slow')).aborted === 1, 'the upstream call is ended')
})
