import type { INodeParameters, INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import type { Editor } from '.';
import { expectedFields, visible } from './expected';
import { expectRefused } from './output';
import { expectSoon } from './wait';

/** An operation of a node. */
export interface Operation {
	resource: INodePropertyOptions;
	operation: INodePropertyOptions;
}

/** All operations of a node, in the order of its lists. */
export function operationsOf({ properties }: INodeTypeDescription): Operation[] {
	const lists = properties.filter(({ name }) => name === 'operation');
	return optionsOf(properties.find(({ name }) => name === 'resource')).flatMap((resource) => {
		const list = lists.find(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource.value as string));
		return optionsOf(list).map((operation) => ({ resource, operation }));
	});
}

/**
 * Tests that each operation's form, and each of its variants, shows what n8n's own code says that it shows: the labels,
 * which fields are masked, and which are marked as missing. Begins with an open node that nothing is entered in, and
 * leaves it as it was.
 */
export function testForms(editor: Editor, description: INodeTypeDescription): void {
	// A list that several operations share is tried in the first of them.
	const tried = new Set<INodeProperties>();

	const expectForm = async (parameters: INodeParameters) => {
		const expected = expectedFields(description, parameters);
		await expectSoon(async () => {
			const fields = await editor.form.fields();
			return fields.map((field, index) => (expected[index]?.masked === undefined ? { label: field.label } : field));
		}, expected);
	};

	const tryForm = async (parameters: INodeParameters): Promise<void> => {
		await expectForm(parameters);
		const lists = visible(description, parameters).filter((list) => decides(description, list) && !tried.has(list));
		for (const list of lists) {
			if (tried.has(list)) continue;
			tried.add(list);
			const options = optionsOf(list);
			const usual = options.find(({ value }) => value === list.default) as INodePropertyOptions;
			for (const option of [...options.filter((one) => one !== usual), usual]) {
				await editor.form.field(list.displayName).choose(option.name);
				if (option !== usual) await tryForm({ ...parameters, [list.name]: option.value });
			}
			await expectForm(parameters);
		}
	};

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		await expectRefused(editor.page);
		expect(editor.sent()).toEqual([]);
	});

	for (const { resource, operation } of operationsOf(description)) {
		editor.step(`${resource.name}, ${operation.name}: the form and its variants`, async () => {
			await chooseOperation(editor, resource.name, operation.name);
			await tryForm({ resource: resource.value, operation: operation.value });
		});
	}
	editor.step('and back to the first operation', async () => await chooseOperation(editor, 'Credential', 'Create'));
}

/** Chooses a resource and an operation in the open node. */
export async function chooseOperation({ form }: Editor, resource: string, operation: string): Promise<void> {
	for (const [label, name] of [
		['Resource', resource],
		['Operation', operation],
	]) {
		if ((await form.field(label).value()) !== name) await form.field(label).choose(name);
	}
}

/** Whether it depends on this list what else is shown. */
function decides({ properties }: INodeTypeDescription, { name, type, typeOptions }: INodeProperties): boolean {
	if (type !== 'options' || typeOptions?.loadOptionsMethod || ['resource', 'operation'].includes(name)) return false;
	return properties.some(({ displayOptions: { show, hide } = {} }) => show?.[name] !== undefined || hide?.[name] !== undefined);
}

function optionsOf(list: INodeProperties | undefined): INodePropertyOptions[] {
	return (list?.options ?? []) as INodePropertyOptions[];
}
