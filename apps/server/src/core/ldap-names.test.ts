import { describe, expect, it } from 'vitest'
import { comparableName } from './ldap-names.ts'

describe('two ways to write a distinguished name', () => {
  it.each([
    ['in any case', 'CN=Ana,OU=People,DC=lab', 'cn=ana,ou=people,dc=LAB'],
    ['with blanks', 'cn=ana , ou = people', 'cn=ana,ou=people'],
    ['with a comma', 'cn=Groß\\, Köln,dc=lab', 'cn=Groß\\2C Köln,dc=lab'],
    ['in bytes', 'cn=K\\C3\\B6ln,dc=lab', 'cn=köln,dc=lab'],
    ['in another normal form', 'cn=Ko\u0308ln', 'cn=Köln'],
    ['with quotes', 'cn="Ana, Bo",dc=lab', 'cn=Ana\\, Bo,dc=lab'],
    ['of several parts', 'cn=Ana+uid=7,dc=lab', 'uid=7+cn=ana,dc=lab'],
    ['with a plus', 'cn=a\\+b,dc=lab', 'cn=a\\2bb,dc=lab'],
    ['with a backslash', 'cn=a\\\\b', 'cn=a\\5Cb'],
    ['with an equals sign', 'cn=a=b', 'cn=a\\=b'],
  ])('%s', (_, one, other) => {
    expect(comparableName(one)).toBe(comparableName(other))
  })

  it.each([
    ['cn=ana,ou=people', 'cn=ana\\,ou=people'],
    ['cn=a+b=c', 'cn=a\\+b=c'],
    ['cn=ana', 'uid=ana'],
    ['cn=ana,dc=lab', 'cn=ana'],
  ])('are told from others: %s and %s', (one, other) => {
    expect(comparableName(one)).not.toBe(comparableName(other))
  })
})
