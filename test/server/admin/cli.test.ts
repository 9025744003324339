import { expect, test } from 'vitest'
import { adminCommand } from '../../../server/admin/cli.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { commandProcess } from '../import/command-process.ts'

test('admin keys are added, listed and disabled from the command line', async () => {
  await using city = await freshDatabase()
  const admin = commandOn(city.url, adminCommand)
  const place = { cwd: '.', env: { DATABASE_URL: city.url } }

  const added = await commandProcess('server/admin/cli.ts', ['add', 'Ines'], place).ended
  const again = await admin('add', 'Ines')
  const reserved = await admin('add', 'command')
  await admin('disable', 'Ines')
  const listed = await admin('list')

  expect(added.output).toMatch(/^ {2}clr_admin_[\w-]{43}$/m)
  expect(added.code).toBe(0)
  expect([again.code, reserved.code]).toEqual([1, 1])
  expect(listed.output).toMatch(/^Ines +20\S+Z +disabled 20\S+Z$/m)
  const [row] = await city.sql`select key_hash from admin_key`
  expect(row!.key_hash).toHaveLength(32)
}, 30_000)
