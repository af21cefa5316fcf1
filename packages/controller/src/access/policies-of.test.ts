import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { policiesOf } from './index.ts'
import { attach } from './store/attachments.ts'
import { addMember, insertGroup } from './store/groups.ts'
import { putInline } from './store/inline-policies.ts'
import { insertPolicy, insertVersion } from './store/policies.ts'
import { insertUser } from './store/users.ts'

const named = (id: string, name: string) => ({ id, name, path: '/', createdAt: 1 })
const ARN = 'arn:aws:iam::123456789012:policy/Own'

describeStores('the policies of a principal', (openStore) => {
  it('are its own, those of its groups, and the default versions of what is attached', async () => {
    await using db = await openStore()
    await db.write(async (tx) => {
      await insertUser(tx, { ...named('AIDA1', 'ann'), disabled: false, tags: [] })
      await insertGroup(tx, named('AGPA1', 'staff'))
      await addMember(tx, 'AGPA1', 'AIDA1')
      await putInline(tx, 'AIDA1', { name: 'mine', document: 'first' })
      await putInline(tx, 'AIDA1', { name: 'mine', document: 'mine' })
      await putInline(tx, 'AGPA1', { name: 'ours', document: 'ours' })
      const facts = { description: '', defaultVersion: 2, latestVersion: 3, updatedAt: 1, tags: [] }
      await insertPolicy(tx, { ...named('ANPA1', 'Own'), arn: ARN, ...facts })
      for (const version of [1, 2, 3])
        await insertVersion(tx, 'ANPA1', { version, document: `own ${version}`, createdAt: 1 })
      await attach(tx, 'AIDA1', ARN)
      await attach(tx, 'AGPA1', 'arn:aws:iam::aws:policy/BuiltIn')
      await putInline(tx, 'AIDA2', { name: 'other', document: 'other' })
    })
    const found = await policiesOf(db.read, 'AIDA1')
    expect(found).toHaveLength(4)
    expect(found).toEqual(
      expect.arrayContaining([
        { name: 'mine', document: 'mine' },
        { name: 'ours', document: 'ours', group: 'staff' },
        { name: 'Own', document: 'own 2', arn: ARN },
        { name: 'BuiltIn', arn: 'arn:aws:iam::aws:policy/BuiltIn', group: 'staff' },
      ]),
    )
    expect(await policiesOf(db.read, 'AGPA1')).toHaveLength(2)
    expect(await policiesOf(db.read, 'AIDA0')).toEqual([])
  })
})
