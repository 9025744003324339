import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressFolder } from '../../../server/http/compress.ts'
import { pageFiles } from '../../../server/http/page.ts'

const SCRIPT = 'export const answer = 42\n'.repeat(100)
let folder: string
let close: () => void
let port: number

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-page-'))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>The page</title>')
  await writeFile(path.join(folder, 'assets', 'main-1a2b.js'), SCRIPT)
  await compressFolder(folder)
  const app = express()
    .disable('etag')
    .use(pageFiles(folder), (_req, res) => void res.status(404).json({}))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  close = () => server.close()
})

afterAll(async () => {
  close()
  await rm(folder, { recursive: true })
})

/** As it comes over the wire: `fetch` would unpack it. */
async function get(address: string, headers: Record<string, string> = {}) {
  const sent = request({ port, path: address, headers }).end()
  const [answer] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }
}

test('whoever asks for the address of the city gets the page, also a program', async () => {
  const { status, headers, body } = await get('/')
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(body.toString()).toContain('The page')
})

test('a script comes compressed, and is kept for ever', async () => {
  const { headers, body } = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip' })
  expect(headers['content-encoding']).toBe('gzip')
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(headers.vary).toContain('Accept-Encoding')
  expect(body.length).toBeLessThan(SCRIPT.length / 10)
  expect(gunzipSync(body).toString()).toBe(SCRIPT)
})

test('who takes no compression gets it as it is', async () => {
  const { headers, body } = await get('/assets/main-1a2b.js')
  expect(headers['content-encoding']).toBeUndefined()
  expect(body.toString()).toBe(SCRIPT)
})

test('a browser gets the page at any address, and asks again whether it changed', async () => {
  const { headers, body } = await get('/tickets/a/b', { accept: 'text/html' })
  expect(body.toString()).toContain('The page')
  expect(headers['cache-control']).toBe('no-cache')
  const etag = headers.etag as string
  expect((await get('/', { accept: 'text/html', 'if-none-match': etag })).status).toBe(304)
})

test.each(['/api/v1/nothing', '/assets/nothing.js', '/socket.io/'])(
  '%s is not the page',
  async (address) => {
    expect((await get(address, { accept: 'text/html' })).status).toBe(404)
  },
)

test('nothing outside the folder is served', async () => {
  expect((await get('/../package.json')).status).toBe(404)
  expect((await get('/%2e%2e/package.json')).status).toBe(404)
})

test('a page that is built anew while the server runs is served as it is then', async () => {
  const anew = '<!doctype html><title>The page, longer than it was before</title>'
  await rm(path.join(folder, 'index.html.gz'))
  await rm(path.join(folder, 'index.html.br'))
  await rm(path.join(folder, 'index.html'))
  expect((await get('/', { accept: 'text/html' })).status).toBe(404)
  await writeFile(path.join(folder, 'index.html'), anew)
  await compressFolder(folder)
  const { headers, body } = await get('/', { accept: 'text/html', 'accept-encoding': 'gzip' })
  expect(gunzipSync(body).toString()).toBe(anew)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
})

test('what is asked for wrongly is nothing', async () => {
  for (const address of ['/%zz', '/assets', '/assets/', '/%00', '/.git/config'])
    expect((await get(address)).status).toBe(404)
})
