// SPDX-License-Identifier: Apache-2.0
// The AI SDK towards a provider of each kind: all it offers, whoever answers. The simulator holds every
// request to the rules of its provider.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, embed, embedMany, generateObject, generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'

import { addFault, eventually, gateway, kinds, provider, removeFaults, startAnew } from './world.mjs'

const signalbox = createOpenAICompatible({
  name: 'signalbox',
  baseURL: `${gateway}/v1`,
  apiKey: 'app-key',
  includeUsage: true,
  supportsStructuredOutputs: true,
})
const prompt = 'Where is my order?'
const Trip = z.object({ city: z.string(), days: z.number().int(), cheap: z.boolean() })
const providerOptions = { signalbox: { reasoningEffort: 'low' } }

/** Two tools that remember what they were asked. */
function toolsFor(asked) {
  const toolOf = (name, answer) =>
    tool({
      description: `Does ${name}.`,
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => {
        asked.push(`${name} of ${typeof city}`)
        return answer
      },
    })
  return { get_weather: toolOf('get_weather', '15 degrees'), get_time: toolOf('get_time', 'noon') }
}

const troubles = [
  [{ kind: 'status', status: 400 }, 400],
  [{ kind: 'status', status: 401 }, 502],
  [{ kind: 'status', status: 404 }, 404],
  [{ kind: 'rate_limit', hint: 'retry_after_s', hint_value: 90 }, 429],
  [{ kind: 'status', status: 503 }, 503],
]

beforeEach(() => startAnew(kinds.map(({ kind }) => kind)))

for (const { kind, target, thinker, embedder, showsThinking } of kinds) {
  const request = { model: signalbox(target), prompt, maxRetries: 0 }
  const thinking = { ...request, model: signalbox(thinker), providerOptions }

  test(`${kind}: a text`, async () => {
    const { text, finishReason, usage } = await generateText(request)
    assert.ok(text.length > 0)
    assert.equal(finishReason, 'stop')
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0)
  })

  test(`${kind}: a stream`, async () => {
    const result = streamText(request)
    let text = ''
    for await (const piece of result.textStream) text += piece
    assert.ok(text.length > 0)
    assert.equal(await result.finishReason, 'stop')
    assert.ok((await result.usage).outputTokens > 0)
  })

  test(`${kind}: thinking`, async () => {
    const whole = await generateText(thinking)
    assert.equal(Boolean(whole.reasoningText), showsThinking)
    const streamed = streamText(thinking)
    await streamed.consumeStream()
    assert.equal(Boolean(await streamed.reasoningText), showsThinking)
  })

  const ways = {
    whole: (options) => generateText(options),
    streamed: async (options) => {
      const result = streamText(options)
      await result.consumeStream()
      return { text: await result.text, steps: await result.steps }
    },
  }
  for (const [way, ask] of Object.entries(ways)) {
    test(`${kind}: tools in several steps, ${way}`, async () => {
      const asked = []
      const { text, steps } = await ask({ ...thinking, tools: toolsFor(asked), stopWhen: stepCountIs(4) })
      assert.equal(steps.length, 2)
      assert.deepEqual(asked.sort(), ['get_time of string', 'get_weather of string'])
      assert.match(text, /get_weather said 15 degrees/)
      assert.match(text, /get_time said noon/)
    })
  }

  test(`${kind}: an object`, async () => {
    const { object } = await generateObject({ ...request, schema: Trip })
    assert.ok(Trip.safeParse(object).success)
  })

  test(`${kind}: embeddings`, async () => {
    const model = signalbox.textEmbeddingModel(embedder || target)
    if (!embedder) {
      await assert.rejects(embed({ model, value: 'words', maxRetries: 0 }), (error) => {
        assert.ok(APICallError.isInstance(error))
        assert.equal(error.statusCode, 422)
        return true
      })
      return
    }
    const { embedding, usage } = await embed({ model, value: 'words' })
    assert.ok(embedding.length > 8)
    assert.ok(usage.tokens > 0)
    const { embeddings } = await embedMany({ model, values: ['one', 'two', 'one'] })
    assert.deepEqual(embeddings[0], embeddings[2])
    assert.notDeepEqual(embeddings[0], embeddings[1])
  })

  test(`${kind}: errors`, async () => {
    for (const [fault, status] of troubles) {
      await startAnew([kind])
      await addFault({ provider: kind, ...fault })
      await assert.rejects(generateText(request), (error) => {
        assert.ok(APICallError.isInstance(error), String(error))
        assert.equal(error.statusCode, status)
        assert.equal(error.isRetryable, status === 429 || status >= 500)
        assert.equal(error.data.error.message, error.message)
        return true
      })
    }
  })

  test(`${kind}: a stream that breaks is told`, async () => {
    await addFault({ provider: kind, kind: 'cut', after_tokens: 5 })
    const seen = []
    for await (const part of streamText({ ...request, onError: () => {} }).fullStream) seen.push(part.type)
    assert.ok(seen.includes('text-delta') && seen.includes('error'), seen.join(' '))
  })

  test(`${kind}: an abort reaches the upstream`, async () => {
    await addFault({ provider: kind, kind: 'stall', after_tokens: 3 })
    const abort = new AbortController()
    const { textStream } = streamText({ ...request, abortSignal: abort.signal })
    for await (const piece of textStream) if (piece) abort.abort()
    await eventually(async () => (await provider(kind)).aborted === 1, 'the stream was let go')

    await removeFaults()
    await addFault({ provider: kind, kind: 'hang' })
    const second = new AbortController()
    const waiting = generateText({ ...request, abortSignal: second.signal })
    await eventually(async () => (await provider(kind)).in_flight === 1, 'the upstream is asked')
    second.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    await eventually(async () => (await provider(kind)).aborted === 2, 'the call was let go')
  })
}
