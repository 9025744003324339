import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

const TEXT = /\.(js|css|html|svg)$/
const compressions = { br: promisify(brotliCompress), gz: promisify(gzip) }

/** Writes each text of a built page beside itself in both compressions, so that no request waits for one. */
export async function compressFolder(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true })
  await Promise.all(
    files.filter((file) => TEXT.test(file)).map((file) => compress(path.join(folder, file))),
  )
}

async function compress(file: string): Promise<void> {
  const text = await readFile(file)
  for (const [ending, write] of Object.entries(compressions)) {
    await writeFile(`${file}.${ending}`, await write(text))
  }
}
