import { share } from '../../support/share';
import { countTries } from '../../support/tries';
import { create } from '../../support/vendors';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const COUNT = share(1000, 400);
const tried = countTries(`${COUNT} items at a vendor on a bad day`);
const rows = Array.from({ length: COUNT }, (_, index) => ({ label: `Row ${index}` }));
const mielto = {
	operation: 'upsert',
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] },
	options: { concurrent: 20, timeout: 5000 },
};
const labels = () => mockServer.current.credentials.map(({ record }) => (record as { label: string }).label);

/** A vendor on a bad day: too busy for a third, and now and then broken, cut off or silent, before or after the work. */
function badDay(): void {
	const post = { method: 'POST', times: Infinity };
	mockServer.current.fault({ ...post, status: 429, retryAfter: 0.01, every: 3 });
	mockServer.current.fault({ ...post, status: 500, every: 41 });
	mockServer.current.fault({ ...post, reset: true, every: 53 });
	mockServer.current.fault({ ...post, reset: true, done: true, every: 59 });
	mockServer.current.fault({ method: 'POST', hang: true, after: 100, every: 211, times: 2 });
	mockServer.current.fault({ method: 'POST', hang: true, done: true, after: 150, every: 307, times: 2 });
}

test(`${COUNT} items at a vendor on a bad day: each is created exactly once, or named as failed with nothing created`, async () => {
	badDay();
	const { items, errorItems } = await create('mielto', mockServer.url, mielto, { items: rows, onError: 'continueErrorOutput' });
	tried(mockServer.current.requests.length);
	const created = items.map(({ json }) => String(json.label));
	const failed = errorItems.map(({ pairedItem }) => `Row ${(pairedItem as { item: number }).item}`);
	expect([...created, ...failed].sort()).toEqual(rows.map(({ label }) => label).sort());
	expect(labels().sort()).toEqual(created.sort());
	expect(created.length).toBeGreaterThan(COUNT * 0.99);
	for (const { json } of errorItems) expect(json.error).toMatchObject({ retryable: true });
}, 300_000);

test('run twice, nothing is made twice', async () => {
	const few = rows.slice(0, 100);
	await create('mielto', mockServer.url, mielto, { items: few });
	const { items } = await create('mielto', mockServer.url, mielto, { items: few });
	expect(items.map(({ json }) => json.outcome)).toEqual(few.map(() => 'updated'));
	expect(labels()).toHaveLength(100);
});
