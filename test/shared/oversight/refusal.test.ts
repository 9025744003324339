import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refusalCodes } from '#shared/oversight/refusal.ts'

const code = ['server', 'shared', 'web']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => `${folder}/${path}`))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('oversight/refusal.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join()

test('each code is told somewhere, and once', () => {
  expect(refusalCodes.filter((one) => !code.includes(`'${one}'`))).toEqual([])
  expect(new Set(refusalCodes).size).toBe(refusalCodes.length)
})
