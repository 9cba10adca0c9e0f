import type { BaseField, Field, JsonSchema } from '../../model';
import type { Lookups } from './lookups';
import type { SchemaPlace } from '../schema/context';
import type { FlatSchema, Schemas } from '../schema/flatten';

/** What the constructs of JSON Schema need of each other, each in a file of its own: `fields.ts` is all of it. */
export interface FieldCompiler {
	readonly schemas: Schemas;
	readonly lookups: Lookups;
	/** @throws DocumentError where it is no schema, or a $ref leads nowhere */
	compile(schema: unknown, place: SchemaPlace): Field;
	/** Compiles what has been flattened, or put together from several schemas, already. */
	compileFlat(flat: FlatSchema, place: SchemaPlace): Field;
	/** Whether a schema leads back to one that it stands in. */
	recurs(flat: FlatSchema, place: SchemaPlace): boolean;
	/** Counts objects and unions: beyond a number, no form is one that a person can use. */
	countComposite(): void;
	/** What every kind of field has. */
	base(flat: FlatSchema, place: SchemaPlace): BaseField;
	/** The escape hatch: a field of JSON. */
	json(schema: unknown, flat: FlatSchema, place: SchemaPlace): Field;
	/** What the value of a leaf has to satisfy, without null: that is the field's `nullable`. */
	leaf(flat: FlatSchema, place: { pointer: string }): JsonSchema;
	/** What a composite has to satisfy beyond its children. */
	rest(flat: FlatSchema, place: SchemaPlace): JsonSchema;
}
