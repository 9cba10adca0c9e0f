import { ACME, operate, seedAlloy, seedMielto, seedNylas } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

/** What came of each item, as a workflow or an agent reads it. */
const run = async (vendor: string, which: string, parameters: object, items: object[]) => {
	const ran = await operate(
		vendor,
		mockServer.url,
		which,
		{ ...parameters, options: { retries: 0 } },
		{
			items: items as never,
			onError: 'continueRegularOutput',
		},
	);
	expect(ran.error).toBeUndefined();
	expect(JSON.stringify(ran.items)).not.toMatch(/canary|demo-key/);
	return ran.items;
};

const failure = (message: RegExp, more: object) => ({
	error: expect.objectContaining({
		message: expect.stringMatching(message) as string,
		description: expect.any(String) as string,
		...more,
	}) as object,
});

describe('Where the node is set to continue', () => {
	it('a Get that fails is an item that says why, beside those that did not', async () => {
		seedNylas(mockServer.current, 1);
		const items = await run('nylas', 'credential.get', { provider: 'google', id: '={{ $json.id }}' }, [{ id: 'nothing' }, { id: 'id-1' }]);
		expect(items).toEqual([
			{
				json: failure(/^Nylas did not find what the request names: There is no credential nothing \[item 0\]$/, {
					status: 404,
					retryable: false,
				}),
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ credentialId: 'id-1' }) as object, pairedItem: { item: 1 } },
		]);
	});

	it('a list that fails is one item, and another list is whole', async () => {
		seedNylas(mockServer.current, 2);
		const items = await run('nylas', 'credential.getAll', { provider: '={{ $json.provider }}' }, [
			{ provider: 'zoom' },
			{ provider: 'google' },
		]);
		expect(items.map(({ json, pairedItem }) => [json.credentialId, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			['id-2', { item: 1 }],
			['id-1', { item: 1 }],
		]);
		expect(items[0].json).toEqual(failure(/There is no connector zoom \[item 0\]$/, { status: 404 }));
	});

	it('an update that is not fit to be sent is not, and the next one is', async () => {
		seedMielto(mockServer.current, 1);
		const items = await run(
			'mielto',
			'credential.update',
			{ credentialId: '={{ $json.id }}', updateFields: { label: '={{ $json.label }}' } },
			[
				{ id: 'id-1', label: '' },
				{ id: 'id-1', label: 'New' },
			],
		);
		expect(items[0].json).toEqual(failure(/^Label \(label\) must not be empty \[item 0\]$/, { retryable: false }));
		expect(items[1].json).toMatchObject({ credentialId: 'id-1', label: 'New', outcome: 'updated' });
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('a deletion of what is gone says so', async () => {
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME });
		const items = await run('alloyEmbedded', 'credential.delete', { userId: ACME, credentialId: '={{ $json.id }}' }, [
			{ id: 'c-1' },
			{ id: 'c-2' },
		]);
		expect(items[0].json).toMatchObject({ deleted: true, credentialId: 'c-1' });
		expect(items[1].json).toEqual(failure(/There is no credential c-2 \[item 1\]$/, { status: 404 }));
	});

	it('a lookup that finds two is an item, and the others are created', async () => {
		seedNylas(mockServer.current, 2);
		for (const { record } of mockServer.current.credentials) (record as { name: string }).name = 'Acme';
		const fields = {
			provider: 'google',
			credentialType: 'connector',
			name: '={{ $json.name }}',
			credentialDataClientId: 'id',
			credentialDataClientSecret: 'canary-secret',
		};
		const items = await run('nylas', 'credential.upsert', fields, [{ name: 'Acme' }, { name: 'New' }]);
		expect(items[0].json).toEqual(failure(/has 2 records that fit/, { retryable: false }));
		expect(items[1].json).toMatchObject({ outcome: 'created' });
	});

	it('each item of those that waited for one list is told of itself', async () => {
		mockServer.current.fault({ vendor: 'nylas', method: 'GET', status: 403, times: Infinity });
		const fields = {
			provider: 'google',
			credentialType: 'connector',
			name: '={{ $json.name }}',
			credentialDataClientId: 'id',
			credentialDataClientSecret: 'canary-secret',
		};
		const items = await run('nylas', 'credential.upsert', fields, [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }]);
		expect(items.map(({ json }) => /\[item \d\]$/.exec((json.error as { message: string }).message)?.[0])).toEqual([
			'[item 0]',
			'[item 1]',
			'[item 2]',
		]);
	});

	it('a link that was not used in time is an item', async () => {
		const items = await run('alloyEmbedded', 'credential.waitUntilLinked', { userId: ACME, maxWaitTime: 0 }, [{}]);
		expect(items[0].json).toEqual(failure(/^The customer has not used the link/, { retryable: true }));
	});
});
