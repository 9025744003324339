import { fingerprintOf, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { qrPath } from '../design/qr-path.ts'
import { addressOf } from '../ledger/addressed.ts'
import { ownLog } from '../ledger/page-reader.ts'

/** Milliseconds after which the newest checkpoint is asked for: a code that changed faster would not be read. */
const EVERY = 30_000

interface Shown {
  size: number
  fingerprint: string
  address: string
  code: ReturnType<typeof qrPath>
}

/** The newest checkpoint of the ledger, as a wall shows it: who takes a picture of the wall keeps it. */
export class Seal {
  #shown = $state.raw<Shown>()

  get shown(): Shown | undefined {
    return this.#shown
  }

  /** For the life of a component. Call it while one is set up. */
  follow(): void {
    $effect(() => {
      void this.#look()
      const timer = setInterval(() => void this.#look(), EVERY)
      return () => clearInterval(timer)
    })
  }

  /** Without an answer the last one stays: what was signed stays true. */
  async #look(): Promise<void> {
    if (document.hidden) return
    const note = await ownLog.checkpoint().catch(() => '')
    const checkpoint = readCheckpoint(note)
    if (!checkpoint || checkpoint.size === this.#shown?.size) return
    const address = addressOf(location.origin, checkpoint)
    const code = await codeOf(address).catch(() => undefined)
    const { size } = checkpoint
    if (code) this.#shown = { size, fingerprint: fingerprintOf(checkpoint), address, code }
  }
}

/** The least correction: nothing lies over a wall, and fewer modules are larger ones. */
async function codeOf(address: string): Promise<ReturnType<typeof qrPath>> {
  const { create } = await import('qrcode')
  return qrPath(create(address, { errorCorrectionLevel: 'L' }).modules)
}
