export interface Toast {
  id: number
  text: string
  /** A failure, and what must not be missed, stay until they are closed; word of a success goes by itself. */
  kind: 'done' | 'stays' | 'failed'
  /** One thing to do about it: take it back. */
  action?: ToastAction | undefined
}

export interface ToastAction {
  label: string
  act: () => void
}

/** Short words about what the reader has just done, said once and read out. */
class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #next = 1

  get list(): readonly Toast[] {
    return this.#list
  }

  say(text: string, kind: Toast['kind'] = 'done', action?: ToastAction): void {
    this.#list = [...this.#list, { id: this.#next++, text, kind, action }].slice(-3)
  }

  close(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
