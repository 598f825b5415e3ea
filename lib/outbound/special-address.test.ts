import { describe, expect, it } from 'vitest'
import { specialKindOf } from './special-address'

describe('attack 26: an address that is not public', () => {
  it.each([
    ['127.0.0.1', 'a loopback address'],
    ['127.255.255.254', 'a loopback address'],
    ['0.0.0.0', 'an unspecified address'],
    ['10.1.2.3', 'a private address'],
    ['172.31.0.1', 'a private address'],
    ['192.168.0.1', 'a private address'],
    ['169.254.169.254', 'a link-local address'],
    ['100.64.0.1', 'a carrier-grade NAT address'],
    ['198.18.0.1', 'a reserved address'],
    ['198.19.255.255', 'a reserved address'],
    ['192.0.0.8', 'a reserved address'],
    ['192.0.2.1', 'a reserved address'],
    ['198.51.100.1', 'a reserved address'],
    ['203.0.113.1', 'a reserved address'],
    ['224.0.0.1', 'a multicast address'],
    ['240.0.0.1', 'a reserved address'],
    ['255.255.255.255', 'a broadcast address'],
    ['::', 'an unspecified address'],
    ['::1', 'a loopback address'],
    ['::ffff:169.254.169.254', 'a link-local address'],
    ['::ffff:7f00:1', 'a loopback address'],
    ['::127.0.0.1', 'a reserved address'],
    ['64:ff9b::127.0.0.1', 'a loopback address, wrapped for NAT64'],
    ['64:ff9b:1::8.8.8.8', 'a local NAT64 address'],
    ['2002:7f00:1::', 'a 6to4 address'],
    ['2001:0:53aa:64c::', 'a Teredo address'],
    ['fd00::1', 'a private address'],
    ['fc00::1', 'a private address'],
    ['fe80::1', 'a link-local address'],
    ['fec0::1', 'a private address'],
    ['ff02::1', 'a multicast address'],
    ['2001:db8::1', 'a reserved address'],
    ['100::1', 'a special-purpose address'],
    ['4000::1', 'a reserved address'],
    ['no address', 'no address'],
  ])('%s is %s', (address, kind) => {
    expect(specialKindOf(address)).toBe(kind)
  })

  it.each([['8.8.8.8'], ['1.1.1.1'], ['172.32.0.1'], ['100.128.0.1'], ['2606:4700::1111'], ['64:ff9b::8.8.8.8']])(
    '%s is public',
    (address) => {
      expect(specialKindOf(address)).toBeNull()
    },
  )
})
