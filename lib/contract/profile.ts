import type { Role } from './principal'

/** The signed-in person as the studio shows it. */
export interface Profile {
  /** Empty when none was given. */
  name: string
  email: string
  role: Role
}
