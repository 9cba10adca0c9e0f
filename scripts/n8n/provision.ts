import { signIn, type N8nApi } from './api';
import { OWNER, type DemoVendor } from './demo';
import { Problem } from './problem';

/**
 * Signs in to the n8n of a user folder.
 *
 * @throws Problem where it knows another owner or password, with the way out.
 */
export async function signInAs(url: string, userFolder: string): Promise<N8nApi> {
	try {
		return await signIn(url, OWNER);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		throw new Problem(`${error.message}\nIf the owner or the password was changed in the editor, delete ${userFolder} and start again.`);
	}
}

/** Makes one n8n credential of each type that the vendors need. Gives them by type. */
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

/** The n8n credential of a vendor with which its node calls the mock server. */
export function atMockServer(
	vendor: DemoVendor,
	{ url, keys }: { url: string; keys: Record<string, string> },
): { name: string; data: object } {
	return { name: `${vendor.credential} (mock server)`, data: vendor.mockServer(url, keys[vendor.key]) };
}
