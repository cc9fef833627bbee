// IANA's special-purpose registries: what the public internet does not reach. Cloud metadata lives in 169.254.0.0/16.
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

// Only 2000::/3 is given out at all. Within it: Teredo and its like, documentation, and 6to4, which leads to the IPv4
// address inside it.
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

let opened: ReturnType<typeof openLists> | null = null

// Neither imports nor done at once: Workers, which never ask, have no such module. See guarded-fetch.ts.
function openLists() {
  const { BlockList, isIP } = process.getBuiltinModule('node:net')
  const notPublic = new BlockList()
  for (const [network, bits] of NOT_PUBLIC_4) notPublic.addSubnet(network, bits, 'ipv4')
  for (const [network, bits] of NOT_PUBLIC_6) notPublic.addSubnet(network, bits, 'ipv6')
  const givenOut = new BlockList()
  givenOut.addSubnet('2000::', 3, 'ipv6')
  return { isIP, notPublic, givenOut }
}

/** Whether an address, as a resolver writes it, is none of the public internet's; what is no address counts as such. */
export function isPrivateAddress(address: string): boolean {
  const { isIP, notPublic, givenOut } = (opened ??= openLists())
  switch (isIP(address)) {
    case 4:
      return notPublic.check(address, 'ipv4')
    case 6:
      return !givenOut.check(address, 'ipv6') || notPublic.check(address, 'ipv6')
    default:
      return true
  }
}
