// SPDX-License-Identifier: Apache-2.0
// The gateway and the simulator that an official client is tested against.
import assert from 'node:assert/strict'

export const gateway = process.env.SIGNALBOX_URL
export const simulator = process.env.SIMULATOR_URL

/** One simulated provider of each kind: `{kind, target, thinker, embedder, showsThinking}`. */
export const kinds = JSON.parse(process.env.KINDS ?? '[]')

/** The simulator's counters of one provider. */
export async function provider(id) {
  const state = await (await fetch(`${simulator}/_sim/state`)).json()
  return state.providers.find((entry) => entry.id === id)
}

export async function addFault(fault) {
  const answer = await fetch(`${simulator}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) })
  assert.equal(answer.status, 200)
}

export async function removeFaults() {
  await fetch(`${simulator}/_sim/faults`, { method: 'DELETE' })
}

export async function eventually(condition, what) {
  const deadline = Date.now() + 5000
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, what)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** No faults, no counts, and the breakers and keys of these providers as at the start. */
export async function startAnew(ids) {
  await removeFaults()
  await fetch(`${simulator}/_sim/reset`, { method: 'POST' })
  for (const id of ids) {
    const answer = await fetch(`${gateway}/admin/v1/providers/${id}/reset`, {
      method: 'POST',
      headers: { authorization: `Bearer ${process.env.ADMIN_TOKEN}` },
    })
    assert.equal(answer.status, 200)
  }
}
