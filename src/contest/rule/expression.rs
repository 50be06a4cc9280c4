//! The expressions that a rule is made of.

/// A value computed from the columns of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// The value of a column, by its header text.
    Column(String),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// A moment: seconds since 1970-01-01T00:00:00, without time zone.
    Moment(i64),
    /// The missing value.
    Null,
    /// Logical negation.
    Not(Box<Expression>),
    /// The number with its sign turned.
    Negative(Box<Expression>),
    /// Two values joined by an operator.
    Binary {
        /// Left.
        left: Box<Expression>,
        /// The operator.
        operator: Binary,
        /// Right.
        right: Box<Expression>,
    },
    /// Whether the value is missing.
    IsNull(Box<Expression>),
    /// Whether the value is one of these.
    In {
        /// The value.
        value: Box<Expression>,
        /// The list.
        list: Vec<Expression>,
    },
    /// The value of the first branch whose condition is true.
    Case {
        /// Conditions with their values.
        branches: Vec<(Expression, Expression)>,
        /// The value where none is true.
        otherwise: Box<Expression>,
    },
    /// Year of a moment.
    Year(Box<Expression>),
    /// Month (1 to 12) of a moment.
    Month(Box<Expression>),
    /// Day of the week of a moment, 1 (Monday) to 7.
    Weekday(Box<Expression>),
    /// Hour (0 to 23) of a moment.
    Hour(Box<Expression>),
    /// Seconds of a moment since 1970-01-01T00:00:00.
    Epoch(Box<Expression>),
    /// Characters of a text.
    Length(Box<Expression>),
    /// The first of these that is not missing.
    Coalesce(Vec<Expression>),
    /// Whether a lowercased text holds a word.
    HasWord(Box<Expression>, String),
}

impl Expression {
    /// This value and another one, joined by an operator.
    #[must_use]
    pub fn joined(self, operator: Binary, right: Self) -> Self {
        Self::Binary {
            left: Box::new(self),
            operator,
            right: Box::new(right),
        }
    }
}

/// Operators between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// Both are true.
    And,
    /// At least one is true.
    Or,
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Greater.
    Greater,
    /// Greater or equal.
    GreaterOrEqual,
    /// Sum.
    Plus,
    /// Difference.
    Minus,
    /// Product.
    Times,
    /// Quotient, never an integer division.
    Divide,
}
