import { verifierLine } from '#shared/ledger/key.ts'
import { misused, readWords, runCommand } from '../command.ts'
import { rotateKey } from './key.ts'

const USAGE = `npm run ledger -- rotate

  Hands the ledger over to a new key. The old one signs that, in a leaf, so that whoever checks follows it. Running
  servers on the same DATA_DIR take it up; where LEDGER_KEY is set, set it to what is shown, and start them again.

  Exit code 0: it is done. 1: it is not, and it is said why.`

await runCommand({
  usage: USAGE,
  read(args) {
    const [action, ...more] = readWords(args, {}, USAGE).positionals
    if (action !== 'rotate' || more.length > 0) throw misused(USAGE)
    return async ({ db, config }) => {
      const { dataDir, ledgerKey: given, accounts } = config
      const next = await rotateKey(db, { dataDir, given, publicUrl: accounts.publicUrl })
      console.log(`The ledger is signed by ${verifierLine(next.verifier)} from now on.`)
      if (given !== undefined) console.log(`LEDGER_KEY=${next.line}`)
      return 0
    }
  },
})
