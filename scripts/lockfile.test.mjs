import { describe, expect, it } from 'vitest'
import { entryOf, missingPackages } from './lockfile.mjs'

describe('missingPackages', () => {
  const tool = { optionalDependencies: { '@tool/linux-x64': '1.0.0', '@tool/darwin-arm64': '1.0.0' } }

  it('finds the packages of other platforms that a lock file was written without', () => {
    const packages = { '': {}, 'node_modules/tool': tool, 'node_modules/@tool/linux-x64': {} }
    expect(missingPackages(packages)).toEqual([{ name: '@tool/darwin-arm64', version: '1.0.0' }])
  })

  it('looks beside the package that names one, and above it, as Node does', () => {
    const packages = {
      'node_modules/@scope/parent': {},
      'node_modules/@scope/parent/node_modules/tool': tool,
      'node_modules/@scope/parent/node_modules/@tool/linux-x64': {},
      'node_modules/@tool/darwin-arm64': {},
    }
    expect(missingPackages(packages)).toEqual([])
  })
})

describe('entryOf', () => {
  it.each([
    ['@next/swc-darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
    ['@next/swc-win32-x64-msvc', { cpu: ['x64'], os: ['win32'] }],
    ['@oxide/oxide-linux-arm-gnueabihf', { cpu: ['arm'], os: ['linux'] }],
    ['@oxide/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('lets npm pass %s over where it does not belong', (name, platform) => {
    expect(entryOf(name, '1.2.3')).toEqual({ version: '1.2.3', optional: true, ...platform })
  })

  it('refuses to guess a version', () => {
    expect(() => entryOf('fsevents', '~2.3.3')).toThrow('fsevents@~2.3.3 is no exact version')
  })
})
