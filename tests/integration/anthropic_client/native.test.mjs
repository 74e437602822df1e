// SPDX-License-Identifier: Apache-2.0
// The official client towards Anthropic itself: nothing is lost by the detour. What the upstream gets
// and gives is compared with what the client sent and got.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import Anthropic from '@anthropic-ai/sdk'

const simulator = process.env.SIMULATOR_URL
const through = new Anthropic({ baseURL: process.env.SIGNALBOX_URL, apiKey: 'app-key', maxRetries: 0 })
const straight = new Anthropic({ baseURL: `${simulator}/claude`, apiKey: 'any', maxRetries: 0 })
const model = 'claude-haiku-4-5'

const ephemeral = { type: 'ephemeral', ttl: '1h' }
const request = {
  model,
  max_tokens: 3000,
  system: [
    { type: 'text', text: 'Use the tools.' },
    { type: 'text', text: 'Be brief.', cache_control: ephemeral },
  ],
  tools: [
    {
      name: 'get_weather',
      description: 'The weather.',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      cache_control: ephemeral,
    },
  ],
  tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 1500 },
  stop_sequences: ['END'],
  metadata: { user_id: 'u-1' },
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Paris?', cache_control: ephemeral }] }],
}

async function lastBody() {
  const state = await (await fetch(`${simulator}/_sim/state?requests=1`)).json()
  const { body } = state.requests.filter((entry) => entry.provider === 'claude').at(-1)
  assert.ok(body.messages.length > 0)
  return body
}

async function sentBy(client, body) {
  await client.messages.create(body)
  return lastBody()
}

test('the request arrives as it was sent', async () => {
  assert.deepEqual(await sentBy(through, request), await sentBy(straight, request))
  const first = await through.messages.create(request)
  const next = {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: first.content },
      {
        role: 'user',
        content: first.content
          .filter((block) => block.type === 'tool_use')
          .map((block) => ({
            type: 'tool_result',
            tool_use_id: block.id,
            is_error: true,
            content: [{ type: 'text', text: 'no idea', cache_control: ephemeral }],
          })),
      },
    ],
  }
  assert.equal(first.stop_reason, 'tool_use')
  assert.ok(first.content[0].signature.length > 0)
  assert.deepEqual(await sentBy(through, next), await sentBy(straight, next))
})

// Ids and times differ from request to request; all else must not.
function shapeOf(events) {
  return events.map((event) => {
    const shape = structuredClone(event)
    if (shape.message) delete shape.message.id
    if (shape.content_block?.id) shape.content_block.id = 'toolu'
    return Object.keys(shape).sort().concat(shape.type, shape.content_block?.type, shape.delta?.type)
  })
}

async function events(client) {
  const all = []
  for await (const event of await client.messages.create({ ...request, stream: true })) all.push(event)
  return all
}

test('the events of a stream are those of the upstream', async () => {
  const seen = await events(through)
  const kinds = (list) => [...new Set(shapeOf(list).map((shape) => JSON.stringify(shape)))].sort()
  assert.deepEqual(kinds(seen), kinds(await events(straight)))
  assert.equal(seen.filter((event) => event.type === 'message_start').length, 1)
  assert.equal(seen.at(-1).type, 'message_stop')
  assert.ok(seen.some((event) => event.delta?.type === 'signature_delta'))
})

test('an answer has every member the upstream gave it', async () => {
  const mine = await through.messages.create(request)
  const theirs = await straight.messages.create(request)
  assert.deepEqual(Object.keys(mine).sort(), Object.keys(theirs).sort())
  assert.deepEqual(Object.keys(mine.usage).sort(), Object.keys(theirs.usage).sort())
})

test('what the API refuses comes back in its words', async () => {
  const bad = { ...request, thinking: { type: 'enabled', budget_tokens: 2999 }, max_tokens: 2000 }
  await assert.rejects(through.messages.create(bad), (error) => {
    assert.ok(error instanceof Anthropic.BadRequestError)
    assert.equal(error.error.error.origin, 'upstream')
    assert.match(error.message, /max_tokens/)
    return true
  })
})
