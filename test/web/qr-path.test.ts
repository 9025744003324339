import { create } from 'qrcode'
import { expect, test } from 'vitest'
import { qrPath } from '../../web/design/qr-path.ts'

/** The modules that a path paints, as rows of 0 and 1, with the quiet around them. */
function painted({ d, side }: { d: string; side: number }): number[][] {
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => 0))
  for (const [, x, y, width] of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[Number(y)]!.fill(1, Number(x), Number(x) + Number(width))
  }
  return rows
}

test('a QR code is painted module by module, with four of quiet around it', () => {
  const { modules } = create('otpauth://totp/Clerestory:ines@example.org?secret=JBSWY3DPEHPK3PXP')
  const rows = painted(qrPath(modules))
  expect(rows.length).toBe(modules.size + 8)
  const inner = rows.slice(4, -4).map((row) => row.slice(4, -4))
  expect(inner.flat()).toEqual(Array.from(modules.data, (one) => Number(one > 0)))
  const quiet = rows.flat().reduce((sum, one) => sum + one, 0)
  expect(quiet).toBe(inner.flat().reduce((sum, one) => sum + one, 0))
})
