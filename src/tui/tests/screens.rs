//! The main screens as pictures.
