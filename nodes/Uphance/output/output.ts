import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { RecordKind } from '../transport/recordType';
import { includeFields, includedIn, withFields } from './includeFields';
import type { ItemPer, Row } from './itemPer';
import { chosenRows, forWhole, itemPerField } from './itemPer';
import { simplifyField } from '../parameters/simplifyField';
import { isOn } from '../parameters/switchedOn';

/** What the records of a resource can be made into. */
export interface Shapes {
	/** Ten flat fields worth showing; left out for records that have no more than ten (design 2). */
	simplify?: (record: IDataObject) => IDataObject;
	/** For records with lines, or colors, and sizes. */
	itemPer?: ItemPer;
}

interface Shape {
	fields: INodeProperties[];
	options: INodeProperties[];
	/** Undefined for records as they are. @throws UserError for an expression that yields no choice */
	chosen: (context: IExecuteFunctions, item: number) => ((record: IDataObject) => IDataObject[]) | undefined;
}

/** How the user chooses what comes out of one record, and what that is. @param said what the editor says about rows */
export function shape(
	kind: RecordKind,
	{ simplify, itemPer }: Shapes,
	isSimplified: boolean,
	said?: Pick<INodeProperties, 'description'>,
): Shape {
	const rowsField = itemPer && itemPerField(kind, itemPer, said);
	const switchField: INodeProperties = { ...simplifyField, default: isSimplified };
	return {
		fields: [...(rowsField ? [rowsField] : []), ...(simplify ? [rowsField ? forWhole(switchField) : switchField] : [])],
		options: simplify || itemPer ? [includeFields] : [],
		chosen(context, item) {
			const per = rowsField && context.getNodeParameter(rowsField.name, item, rowsField.default);
			const rows =
				(itemPer && chosenRows(itemPer, per)?.rows) ??
				(simplify && isOn(context, switchField, item) ? simplifiedRow(simplify) : undefined);
			const names = rows ? includedIn(context.getNodeParameter('options', item, {})) : [];
			return rows && ((record) => rows(record).map((row) => withFields(names, row)));
		},
	};
}

const simplifiedRow =
	(simplify: (record: IDataObject) => IDataObject) =>
	(record: IDataObject): Row[] => [{ item: simplify(record), from: [record] }];
