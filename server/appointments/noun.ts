import { nowhere } from '#shared/oversight/act.ts'
import {
  type Appointment,
  type AppointmentDeed,
  nextAppointment,
} from '#shared/oversight/appointment.ts'
import type { Noun } from '../acts/noun.ts'

/** Appointments are about a person, wherever their jurisdiction lies. */
export const appointmentNoun: Noun<Appointment, AppointmentDeed> = {
  name: 'appointment',
  next: nextAppointment,
  placeOf: () => nowhere,
}
