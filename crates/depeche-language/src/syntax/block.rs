//! Parts of matrices. (The macro `s!` of ndarray does the same, with unsafe code that this workspace forbids.)

use ndarray::{ArrayRef2, ArrayView2, ArrayViewMut2, Axis, Slice};

/// Rows and columns of a matrix.
pub(crate) trait Block {
    fn block(&self, rows: impl Into<Slice>, columns: impl Into<Slice>) -> ArrayView2<'_, f32>;
    fn block_mut(&mut self, rows: impl Into<Slice>, columns: impl Into<Slice>) -> ArrayViewMut2<'_, f32>;
}

impl Block for ArrayRef2<f32> {
    fn block(&self, rows: impl Into<Slice>, columns: impl Into<Slice>) -> ArrayView2<'_, f32> {
        let mut part = self.view();
        part.slice_axis_inplace(Axis(0), rows.into());
        part.slice_axis_inplace(Axis(1), columns.into());
        part
    }

    fn block_mut(&mut self, rows: impl Into<Slice>, columns: impl Into<Slice>) -> ArrayViewMut2<'_, f32> {
        let mut part = self.view_mut();
        part.slice_axis_inplace(Axis(0), rows.into());
        part.slice_axis_inplace(Axis(1), columns.into());
        part
    }
}
