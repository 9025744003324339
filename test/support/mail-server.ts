import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** As its reader sees it. */
export const fromQuotedPrintable = (letter: string): string =>
  decodeURIComponent(
    letter
      .replaceAll('=\r\n', '')
      .replaceAll('%', '%25')
      .replace(/=([0-9A-F]{2})/g, '%$1'),
  )

/** Takes every letter, as SMTP has it. */
export async function mailServer() {
  const letters: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let heard = ''
    let isLetter = false
    socket.write('220 here\r\n')
    socket.on('data', (bytes) => {
      heard += bytes.toString()
      for (;;) {
        const end = isLetter ? heard.indexOf('\r\n.\r\n') : heard.indexOf('\r\n')
        if (end < 0) return
        const said = heard.slice(0, end)
        heard = heard.slice(end + (isLetter ? 5 : 2))
        if (isLetter) letters.push(said)
        isLetter = !isLetter && said === 'DATA'
        socket.write(isLetter ? '354 go on\r\n' : '250 good\r\n')
        if (said === 'QUIT') socket.end()
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    letters,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
