//! Why somebody is not let in, by name; said so that a stranger learns nothing about who has an account.

use thiserror::Error;

/// Why a log-in, a password or a grant was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// Wrong login name, wrong password or no such account: one answer for all three.
    #[error("登录名或密码不对")]
    WrongSecret,
    /// Too many wrong tries; the moment from which it may be tried again, RFC 3339.
    #[error("试错太多次，先停一停；{until} 以后可以再试。忘了密码请找系统管理员重置")]
    Resting {
        /// Clock time of that day.
        until: String,
    },
    /// The account was locked by an administrator; told only to who knows the password.
    #[error("这个账号已停用，请找系统管理员")]
    Locked,
    /// No grant in force: nothing this account may do.
    #[error("这个账号还没有授予岗位，请找安全管理员")]
    NoGrant,
    /// The one-time code is wrong, old, or was used already.
    #[error("动态验证码不对，或者已经用过；请等下一个再输")]
    WrongCode,
    /// A new password that is too short.
    #[error("新密码太短：至少 {least} 个字符，可以用一句话")]
    TooShort {
        /// The least number of characters.
        least: usize,
    },
    /// A new password longer than we take.
    #[error("新密码太长：最多 {most} 个字节")]
    TooLong {
        /// The largest number of bytes.
        most: usize,
    },
    /// A password that everybody tries first, or that says the login name.
    #[error("这个密码太容易猜到，请换一个别人想不到的")]
    Guessable,
    /// The new password is the old one.
    #[error("新密码不能和原来的一样")]
    Unchanged,
    /// The two new passwords differ.
    #[error("两次输入的新密码不一样")]
    NotTwice,
    /// A login name of other characters or length.
    #[error("登录名要用 3 到 32 个小写字母、数字或短横，以字母开头")]
    BadLogin,
    /// Somebody has that login name.
    #[error("这个登录名已经有人用了")]
    Taken,
    /// Nobody gives himself a role (三员分立).
    #[error("不能给自己授予岗位，请另一位安全管理员办理")]
    OwnGrant,
    /// One person holds at most one of the three administrators' roles, and no other beside it (三员分立).
    #[error("系统、安全、审计三种管理员要由不同的人担任，也不能兼办业务")]
    ThreeApart,
    /// The office is of another level than the role works at.
    #[error("岗位和地区的级别不相配：{role}要落在{level}")]
    WrongLevel {
        /// The role's name.
        role: &'static str,
        /// The level it works at.
        level: &'static str,
    },
    /// The role is not one that a person holds.
    #[error("这个岗位不授予账号")]
    NotForAccounts,
    /// The last account that could undo a mistake.
    #[error("这是最后一个能用的{role}，停用以后谁也进不来了；请先另设一个")]
    LastOne {
        /// The administrator's role.
        role: &'static str,
    },
}
