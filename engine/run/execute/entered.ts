import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PlacedField, PlacedOperation } from '../../model';
import { labelOf } from '../../model/names';
import { has } from '../../model/values';
import { fromColumns, UNRESOLVED } from '../input/column';
import { nodeOf } from '../input/node';
import { asError, toFailure } from '../transport/errors';
import type { Values } from '../input/read';

/**
 * The root parameters that an operator entered, for each item of a run. n8n resolves a parameter on every request for
 * it; this class does so once per item, or once for all items if the parameter holds no expression.
 */
export class EnteredValues {
	private readonly known: { [name: string]: unknown };
	private readonly items: INodeExecutionData[];
	private readonly forAll = new Map<string, unknown>();
	private readonly byItem = new Map<string, boolean>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: PlacedOperation,
	) {
		this.known = nodeOf(context).parameters;
		this.items = context.getInputData();
	}

	/**
	 * The parameters of one item, by name; undefined for one that is not stored.
	 * @throws NodeOperationError naming the field whose expression n8n cannot resolve
	 */
	of(itemIndex: number): Values {
		const ownValues = new Map<string, unknown>();
		const read = (name: string) => {
			// n8n throws for a parameter that is not stored, such as one of an option that was never shown.
			if (!has(this.known, name)) return undefined;
			const values = this.differs(name) ? ownValues : this.forAll;
			if (!values.has(name)) values.set(name, this.resolved(name, itemIndex));
			return values.get(name);
		};
		return Object.assign(read, {
			isExpression: (name: string) => has(this.known, name) && this.differs(name),
			stored: (name: string) => (has(this.known, name) ? this.known[name] : undefined),
		});
	}

	private differs(name: string): boolean {
		const differs = this.byItem.get(name) ?? hasExpression(this.known[name]);
		this.byItem.set(name, differs);
		return differs;
	}

	private resolved(name: string, itemIndex: number): unknown {
		const item = this.items[itemIndex];
		const value = item ? fromColumns(this.known[name], item.json) : UNRESOLVED;
		if (value !== UNRESOLVED) return value;
		try {
			return this.context.getNodeParameter(name, itemIndex);
		} catch (error) {
			throw asError(this.context, toFailure(error, labelFor(this.operation, name)));
		}
	}
}

/** Whether a stored value has a text beginning with "=", at any depth: n8n would resolve it. */
function hasExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.entries(stored).flat().some(hasExpression);
}

/** The label of a root parameter: that of the field it holds, or its name in words. */
function labelFor({ inputs }: PlacedOperation, parameter: string): string {
	const within = (field: PlacedField): PlacedField[] => {
		if (field.kind === 'object') return [field, ...field.fields.flatMap(within)];
		return field.kind === 'union' ? [field, ...field.options.flatMap((option) => within(option.field))] : [field];
	};
	return (
		inputs.flatMap(({ field }) => within(field)).find((field) => 'key' in field && field.key === parameter)?.label ?? labelOf(parameter)
	);
}
