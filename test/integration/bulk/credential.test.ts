import { create, VENDORS } from '../../support/vendors';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const COUNT = 40;
const mielto = {
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] },
};
/** The middle rows alone have a workspace of their own; first and last, and every sample but few, have none. */
const rows = Array.from({ length: COUNT }, (_, index) => ({
	label: `Row ${index}`,
	...(index % 13 === 7 ? { workspace: `w-${index}` } : {}),
}));

/** Sends all rows, with this as the workspace in the n8n credential. */
async function workspacesWith(workspaceId: string) {
	const { items, decrypts } = await create('mielto', mockServer.url, mielto, {
		items: rows,
		credentialData: { ...VENDORS.mielto.credentialData(mockServer.url), workspaceId },
	});
	expect(items).toHaveLength(COUNT);
	const workspaces = new Map(
		mockServer.current.requests.map(({ headers, body }) => [(body as { label: string }).label, headers['x-workspace-id']]),
	);
	return { workspaces: rows.map(({ label }) => workspaces.get(label)), decrypts };
}

describe('An n8n credential', () => {
	it('that is the same for all items is read a few times, however many there are', async () => {
		const { workspaces, decrypts } = await workspacesWith('w-1');
		expect(new Set(workspaces)).toEqual(new Set(['w-1']));
		expect(decrypts).toBeLessThan(10);
	});

	it('whose expression has nothing to do with the items is one for all', async () => {
		const { workspaces, decrypts } = await workspacesWith('={{ "w-" + 1 }}');
		expect(new Set(workspaces)).toEqual(new Set(['w-1']));
		expect(decrypts).toBeLessThan(10);
	});

	it.each([
		['={{ $json.workspace ?? "usual" }}'],
		['={{ $json.workspace || "usual" }}'],
		['={{ $json["workspace"]?.trim() ?? "usual" }}'],
		['={{ $input.item.json.workspace ?? "usual" }}'],
		['={{ $("Start").item.json.workspace ?? "usual" }}'],
		['={{ $node["Start"].json.workspace ?? "usual" }}'],
		['={{ $input.all()[$itemIndex].json.workspace ?? "usual" }}'],
	])('gives each item its own workspace: %s', async (expression) => {
		const { workspaces } = await workspacesWith(expression);
		expect(workspaces).toEqual(rows.map(({ workspace }) => workspace ?? 'usual'));
	});

	it("of which an expression fails for one item is that item's failure", async () => {
		const workspaceId = '={{ $json.workspace === "w-7" ? $("Nowhere").first().json.workspace : "usual" }}';
		const credentialData = { ...VENDORS.mielto.credentialData(mockServer.url), workspaceId };
		const { items, errorItems } = await create('mielto', mockServer.url, mielto, {
			items: rows,
			credentialData,
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(COUNT - 1);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 7 }]);
	});
});
