import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A network between page and server that can swallow everything without a word, as a lost one does. */
export async function network(port: number) {
  const ends = new Set<Socket>()
  let isUp = true

  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('data', (data) => isUp && to.write(data))
      from.on('error', () => {})
      from.on('close', () => {
        ends.delete(from)
        if (isUp) to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')

  const hangUp = () => ends.forEach((end) => end.destroy())
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    drop() {
      isUp = false
    },
    restore() {
      hangUp()
      isUp = true
    },
    async [Symbol.asyncDispose]() {
      hangUp()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
