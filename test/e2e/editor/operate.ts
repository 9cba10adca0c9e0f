import type { Editor } from '.';
import { execute } from './output';
import { chooseOperation } from './walk';

/** An operation that is run as an operator does it, and what comes of it. */
export interface Operated {
	/** Resource and operation, by their labels. */
	operation: [resource: string, operation: string];
	/** Picked from the lists with the vendor's records, in this order. */
	pick?: Record<string, string>;
	/** Chosen from other lists. */
	choose?: Record<string, string>;
	/** Typed into the fields. */
	type?: Record<string, string>;
	/** Added to a collection, and typed there. */
	add?: Record<string, Record<string, string>>;
	/** Entered besides. */
	more?(): Promise<void>;
	/** The request that reaches the vendor, such as `GET /users/*`: a star stands for an ID. */
	sends: string;
	/** The body of a request that is to change something there. */
	body?: unknown;
	/** What the items that come out have, among other things. */
	gives: object[];
}

/** Tests each of these operations: filled in, pictured, run. */
export function testOperations(editor: Editor, operations: Operated[]): void {
	for (const { operation, pick = {}, choose = {}, type = {}, add = {}, more, sends, body, gives } of operations) {
		editor.step(`${operation.join(', ')}: filled in and run`, async () => {
			const { form, page, mockServer } = editor;
			await chooseOperation(editor, ...operation);
			for (const [label, record] of Object.entries(pick)) {
				if ((await form.field(label).value()) !== record) await form.field(label).pick(record);
			}
			for (const [label, option] of Object.entries(choose)) await form.field(label).choose(option);
			for (const [label, text] of Object.entries(type)) await form.field(label).type(text);
			for (const [collection, fields] of Object.entries(add)) {
				for (const [label, text] of Object.entries(fields)) {
					await form.field(collection).add('Add Field', label);
					await form.field(collection).form().field(label).type(text);
				}
			}
			await more?.();
			await editor.picture(...operation);

			mockServer.requests.length = 0;
			const { items, error } = await execute(page);
			expect(error).toBeUndefined();
			const lines = mockServer.requests.map(({ method, path }) => `${method} ${path}`);
			expect(lines.map((line) => line.replaceAll(/[0-9a-f-]{24,}/g, '*'))).toContain(sends);
			expect(editor.sent().map((request) => request.body)).toEqual(sends.startsWith('GET ') ? [] : [body]);
			expect(items).toEqual(gives.map((one) => expect.objectContaining(one) as unknown));
		});
	}
}
