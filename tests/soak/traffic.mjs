// SPDX-License-Identifier: Apache-2.0
// One request of each sort and what its answer may be. Anything else is counted as unexpected.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const kPrompts = ['Where is my order?', '我的订单在哪里？请告诉我。', 'Write a function that adds two numbers.'];
// What the gateway says honestly when the simulated providers fail too often in a row.
const kHonest = new Set(['no_target_available', 'upstream_timeout', 'rate_limited']);
const kBroken = new Set(['upstream_stream_broken', 'upstream_timeout']);

/** Answers with {status, text}; `read` sees each piece and may destroy the request. */
function call(url, { method = 'GET', headers = {}, body, read } = {}) {
    return new Promise((resolve, reject) => {
        const request = http.request(url, { method, headers, agent, timeout: 60_000 }, (answer) => {
            let text = '';
            answer.setEncoding('utf8');
            answer.on('data', (piece) => {
                text += piece;
                read?.(request);
            });
            answer.on('end', () => resolve({ status: answer.statusCode, text }));
            answer.on('error', reject);
        });
        request.on('timeout', () => request.destroy(new Error('no answer within 60 s')));
        request.on('error', reject);
        request.end(body);
    });
}

function chatBody(stream, n) {
    return JSON.stringify({
        model: 'chat',
        stream,
        ...(stream && n % 2 ? { stream_options: { include_usage: true } } : {}),
        messages: [{ role: 'user', content: kPrompts[n % kPrompts.length] + ' '.repeat(n % 50) }],
        metadata: { soak: String(n % 7) },
    });
}

function post(base, body, read) {
    return call(`${base}/v1/chat/completions`,
        { method: 'POST', headers: { 'content-type': 'application/json' }, body, read });
}

function honest({ status, text }) {
    const code = JSON.parse(text).error.code;
    if (status < 429 || !kHonest.has(code))
        throw new Error(`status ${status} ${code}`);
    return 'refused';
}

async function json(base, n) {
    const answer = await post(base, chatBody(false, n));
    if (answer.status !== 200)
        return honest(answer);
    if (!JSON.parse(answer.text).choices[0].message.content)
        throw new Error('200 without content');
    return 'json';
}

async function stream(base, n) {
    const answer = await post(base, chatBody(true, n));
    if (answer.status !== 200)
        return honest(answer);
    const events = answer.text.trimEnd().split('\n\n');
    if (events.at(-1) === 'data: [DONE]')
        return 'stream';
    const code = JSON.parse(events.at(-1).slice('data: '.length)).error.code;
    if (!kBroken.has(code))
        throw new Error(`stream ended in ${code}`);
    return 'broken stream';
}

async function abort(base, n) {
    let left = false;
    const leave = (request) => {
        left = true;
        request.destroy();
    };
    try {
        const answer = await post(base, chatBody(true, n), leave);
        return left ? 'aborted' : honest(answer);
    } catch (error) {
        if (left && error.code === 'ECONNRESET')
            return 'aborted';
        throw error;
    }
}

async function bad(base) {
    const answer = await post(base, '{"model":"chat","messages":5}');
    if (answer.status !== 400 || JSON.parse(answer.text).error.code !== 'invalid_request')
        throw new Error(`a bad request got ${answer.status}`);
    return 'bad request';
}

const kQueries = ['state', 'requests?limit=50', 'costs?by=provider&bucket=hour', 'audit', 'costs?by=route&tz=Asia/Kolkata'];

async function admin(base, n, token) {
    const headers = { authorization: `Bearer ${token}` };
    if (n % 6 === 5) {
        const metrics = await call(`${base}/metrics`, { headers });
        if (metrics.status !== 200 || !metrics.text.includes('signalbox_breaker_state'))
            throw new Error(`metrics got ${metrics.status}`);
        return 'metrics';
    }
    const query = kQueries[n % kQueries.length];
    const answer = await call(`${base}/admin/v1/${query}`, { headers });
    if (answer.status !== 200)
        throw new Error(`${query} got ${answer.status} ${answer.text.slice(0, 200)}`);
    JSON.parse(answer.text);
    return 'admin query';
}

/** Request number n of the mix, by its sort's name. */
export function nth(base, token, n) {
    const slot = (n * 7919) % 100;
    if (slot < 45)
        return json(base, n);
    if (slot < 80)
        return stream(base, n);
    if (slot < 90)
        return abort(base, n);
    return slot < 95 ? bad(base) : admin(base, n, token);
}

/** The names in /v1/models. */
export async function models(base) {
    const answer = await call(`${base}/v1/models`);
    return JSON.parse(answer.text).data.map((model) => model.id);
}

/** Listens to the operators' events until the returned function is called. */
export function listen(base, token, onEvent) {
    const request = http.get(`${base}/admin/v1/events`,
        { headers: { authorization: `Bearer ${token}` }, agent: false }, (answer) => {
            answer.on('data', onEvent);
            answer.on('error', () => {});
        });
    request.on('error', () => {});
    return () => request.destroy();
}

export function hangUp() {
    agent.destroy();
}
