import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { HttpError, sendError } from '../../../server/http/errors.ts'
import { parse } from '../../../server/http/parse.ts'

/** What a route that does this answers. */
async function answerOf(route: RequestHandler, init?: RequestInit) {
  const web = express().use(express.json())
  web.all('/', route).use(sendError(pino({ level: 'silent' })))
  const http = createServer(web).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`, init)
  const answer = { status: response.status, body: (await response.json()) as object }
  http.close()
  return answer
}

const thrown = (error: unknown): RequestHandler => {
  return () => {
    throw error
  }
}

test('an error for the sender is told with the part of the request that is wrong', async () => {
  const named = await answerOf(
    thrown(new HttpError(400, 'There is no such area.', { path: 'area' })),
  )
  const plain = await answerOf(thrown(new HttpError(404, 'There is nothing here.')))
  const coded = await answerOf(thrown(new HttpError(401, 'Sign in first.', { code: 'sign-in' })))

  expect(named).toEqual({
    status: 400,
    body: { error: 'There is no such area.', path: 'area', code: 'wrong' },
  })
  expect(plain).toEqual({
    status: 404,
    body: { error: 'There is nothing here.', code: 'nothing-here' },
  })
  expect(coded).toEqual({ status: 401, body: { error: 'Sign in first.', code: 'sign-in' } })
})

test('what a schema refuses is told in the same shape', async () => {
  const Body = z.object({ views: z.array(z.object({ window: z.string() })) })

  const answer = await answerOf(() => void parse(Body, { views: [{ window: 7 }] }))

  expect(answer.status).toBe(400)
  expect(answer.body).toEqual({
    error: expect.stringMatching(/string/),
    ...{ path: 'views.0.window', code: 'wrong' },
  })
})

test('malformed JSON is answered without anything but a sentence', async () => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":' }

  const { status, body } = await answerOf((_req, res) => void res.json({}), init)

  expect(status).toBe(400)
  expect(Object.keys(body)).toEqual(['code', 'error'])
})

test('an error of ours, and the path in it, stays here', async () => {
  const ours = Object.assign(new Error('ENOENT /etc/secret'), { path: '/etc/secret' })
  const library = Object.assign(new Error('Not Found'), { expose: true, status: 404, path: '/srv' })

  expect(await answerOf(thrown(ours))).toEqual({
    status: 500,
    body: { error: 'Something went wrong on our side.', code: 'failed' },
  })
  expect(await answerOf(thrown(library))).toEqual({
    ...{ status: 404, body: { error: 'Not Found', code: 'nothing-here' } },
  })
})
