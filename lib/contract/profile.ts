import { z } from 'zod'
import { maxApiBodyBytes, maxPasswordChars } from '../limits'
import type { Endpoint } from './endpoint'
import type { Role } from './principal'
import { createOwnerBody } from './settings'

/** The signed-in person as the studio shows it. */
export interface Profile {
  /** Empty when none was given. */
  name: string
  email: string
  role: Role
}

export const updateProfileBody = z.object({ name: createOwnerBody.shape.name.unwrap() })
export const changePasswordBody = z.object({
  current_password: z.string().max(maxPasswordChars),
  new_password: createOwnerBody.shape.password,
})
export type UpdateProfileBody = z.infer<typeof updateProfileBody>
export type ChangePasswordBody = z.infer<typeof changePasswordBody>

// `read`, because every person may: the operations are for people alone, whatever a key's scopes are.
const own = {
  scope: 'read',
  params: z.object({}),
  query: z.object({}),
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
} as const

/** `PATCH /api/settings/profile`. */
export const updateProfileEndpoint: Endpoint<object, object, UpdateProfileBody> = { ...own, body: updateProfileBody }

/** `PUT /api/settings/profile/password`. */
export const changePasswordEndpoint: Endpoint<object, object, ChangePasswordBody> = {
  ...own,
  body: changePasswordBody,
}
