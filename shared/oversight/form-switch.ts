import { type Act, type Place, Refused } from './act.ts'

/** Whether everybody may comment on a consultation by this server's own form: what the secretariat decided last. */
export interface FormSwitch {
  /** The consultation's code, which is never another's. */
  consultation: string
  isOn: boolean
  at: number
}

export interface FormSwitchDeed {
  kind: 'form.switched'
  body: Place & Pick<FormSwitch, 'consultation' | 'isOn'>
  texts: Record<never, never>
}

export function nextFormSwitch(
  state: FormSwitch | undefined,
  { at, body: { consultation, isOn } }: Act<FormSwitchDeed>,
): FormSwitch {
  if (state?.isOn === isOn) {
    throw new Refused('done-already', `The form is switched ${isOn ? 'on' : 'off'} already.`)
  }
  return { consultation, isOn, at }
}
