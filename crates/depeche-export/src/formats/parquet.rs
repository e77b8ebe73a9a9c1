//! The tables as Parquet, one a file, for data tools. Words are exact: nothing that reads Parquet takes a cell for a formula.
//!
//! Columns: words are `STRING`, several words `LIST` of `STRING` as the format's documentation of logical types has it, days
//! `DATE`, numbers `INT64`. What is not there is null; an empty list is empty.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::tables::{Cell, Column, Kind, Table, tables};
use crate::{Export, LeftOut, Place, What};

/// Writes every table.
pub fn write(export: &Export, place: &mut dyn Place) -> io::Result<LeftOut> {
    for table in tables(export) {
        let mut file = place.file(&format!("{}.parquet", table.name))?;
        file.write_all(&written(&table).map_err(io::Error::other)?)?;
        file.flush()?;
    }
    Ok(LeftOut::of(&export.record, &[What::Texts]))
}

/// A table as the bytes of a file.
fn written(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        columns.push(Arc::new(shape(*column)?));
    }
    let schema = Arc::new(Type::group_type_builder(table.name).with_fields(columns).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let properties = properties.set_created_by(concat!("depeche ", env!("CARGO_PKG_VERSION")).to_owned());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
    let mut rows = writer.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = rows.next_column()? {
        let kind = table.columns[at].1;
        put(&mut column, kind, table.rows.iter().map(|row| &row[at]))?;
        column.close()?;
        at += 1;
    }
    rows.close()?;
    writer.into_inner()
}

/// A column of the schema.
fn shape((name, kind): Column) -> Result<Type, ParquetError> {
    let optional = |physical: Physical, logical: Option<LogicalType>| {
        let leaf = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        leaf.with_logical_type(logical).build()
    };
    match kind {
        Kind::Text => optional(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => optional(Physical::INT64, None),
        Kind::Day => optional(Physical::INT32, Some(LogicalType::Date)),
        Kind::Flag => {
            let leaf = Type::primitive_type_builder(name, Physical::BOOLEAN);
            leaf.with_repetition(Repetition::REQUIRED).build()
        }
        Kind::List => {
            let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY);
            let element = element.with_repetition(Repetition::REQUIRED);
            let element = element.with_logical_type(Some(LogicalType::String)).build()?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let list = list.with_fields(vec![Arc::new(element)]).build()?;
            let whole = Type::group_type_builder(name).with_repetition(Repetition::REQUIRED);
            let whole =
                whole.with_logical_type(Some(LogicalType::List)).with_converted_type(ConvertedType::LIST);
            whole.with_fields(vec![Arc::new(list)]).build()
        }
    }
}

/// Writes the cells of a column. A level of definition tells whether a value is there, one of repetition whether it goes on
/// with the list of the value before.
fn put<'c>(
    column: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = &'c Cell>,
) -> Result<(), ParquetError> {
    let (mut words, mut numbers, mut days, mut flags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut defined, mut repeated): (Vec<i16>, Vec<i16>) = (Vec::new(), Vec::new());
    for cell in cells {
        let is_there = match cell {
            Cell::Text(text) => {
                words.extend(text.as_deref().map(ByteArray::from));
                text.is_some()
            }
            Cell::List(list) => {
                words.extend(list.iter().map(|text| ByteArray::from(text.as_str())));
                // The first of a list, or the place where it would be, has its level below.
                defined.extend(list.iter().skip(1).map(|_| 1));
                repeated.push(0);
                repeated.extend(list.iter().skip(1).map(|_| 1));
                !list.is_empty()
            }
            Cell::Number(number) => {
                numbers.extend(number.map(|number| number as i64));
                number.is_some()
            }
            Cell::Day(day) => {
                days.extend(day.map(|day| day.number() as i32));
                day.is_some()
            }
            Cell::Flag(flag) => {
                flags.push(*flag);
                true
            }
        };
        defined.push(i16::from(is_there));
    }
    let (defined, repeated) = (Some(defined.as_slice()), Some(repeated.as_slice()));
    match kind {
        Kind::Text => column.typed::<ByteArrayType>().write_batch(&words, defined, None)?,
        Kind::List => column.typed::<ByteArrayType>().write_batch(&words, defined, repeated)?,
        Kind::Number => column.typed::<Int64Type>().write_batch(&numbers, defined, None)?,
        Kind::Day => column.typed::<Int32Type>().write_batch(&days, defined, None)?,
        Kind::Flag => column.typed::<BoolType>().write_batch(&flags, None, None)?,
    };
    Ok(())
}
