import { signIn, type N8nApi } from './api';
import { OWNER, type DemoVendor } from './demo';
import { Problem } from './problem';

/**
 * Signs in to the n8n with the given user folder.
 *
 * @throws Problem if it has a different owner or password, with what to do about it.
 */
export async function signInAs(url: string, userFolder: string): Promise<N8nApi> {
	try {
		return await signIn(url, OWNER);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		throw new Problem(`${error.message}\nIf the owner or the password was changed in the editor, delete ${userFolder} and start again.`);
	}
}

/** Creates an n8n credential of each type that the vendors need. Returns them by type. */
export async function provision(
	api: N8nApi,
	vendors: DemoVendor[],
	credentialOf: (vendor: DemoVendor) => { name: string; data: object },
): Promise<Record<string, { id: string; name: string }>> {
	const byType: Record<string, { id: string; name: string }> = {};
	for (const vendor of vendors) {
		byType[vendor.credential] ??= await api.upsertCredential({ type: vendor.credential, ...credentialOf(vendor) });
	}
	return byType;
}

/** A vendor's n8n credential that makes its node call the mock server. */
export function atMockServer(
	vendor: DemoVendor,
	{ url, keys }: { url: string; keys: Record<string, string> },
): { name: string; data: object } {
	return { name: `${vendor.credential} (mock server)`, data: vendor.mockServer(url, keys[vendor.key]) };
}
